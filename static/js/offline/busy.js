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

/** Whether any tab is busy. Without Web Locks nobody knows, so the answer is yes. */
export async function isAnyTabBusy() {
  const { held = [], pending = [] } = (await navigator.locks?.query()) ?? {
    held: [{ name: LOCK }],
  };
  return [...held, ...pending].some((lock) => lock.name === LOCK);
}
