// While words are unsaved or a recording plays, nothing new may come in, in any tab.

const LOCK = "hearth-busy";

/** Hold the app as it is; gives the function that lets go. */
export function holdBusy() {
  /** @type {() => void} */
  let release = () => {};
  const held = new Promise((resolve) => (release = () => resolve(undefined)));
  // Shared: many tabs can be busy at once. A tab that dies lets go by itself.
  navigator.locks?.request(LOCK, { mode: "shared" }, () => held);
  return release;
}

/** Whether any tab is busy. */
export async function isAnyTabBusy() {
  const { held = [], pending = [] } = await navigator.locks.query();
  return [...held, ...pending].some(({ name, mode }) => name === LOCK && mode === "shared");
}

/** Comes back once no tab is busy; somebody may be again at any moment after that. */
export async function quiet() {
  do {
    // Granted only between those who are busy; one of them may wait behind it.
    await navigator.locks.request(LOCK, () => {});
  } while (await isAnyTabBusy());
}
