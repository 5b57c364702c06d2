// A tab is busy while it has unsaved text or plays a recording. While any tab is busy, no tab may
// switch to newer pages, recordings or a newer service worker.

const LOCK = "hearth-busy";

/** Mark this tab as busy. Return the function that ends this. */
export function holdBusy() {
  /** @type {() => void} */
  let release = () => {};
  const held = new Promise((resolve) => (release = () => resolve(undefined)));
  // The lock is shared because many tabs can be busy at once. The browser releases it if the tab dies.
  // Where the browser refuses locks, nothing is kept that could be switched.
  navigator.locks?.request(LOCK, { mode: "shared" }, () => held).catch(() => {});
  return release;
}

/** Return whether any tab is busy. */
export async function isAnyTabBusy() {
  const { held = [], pending = [] } = await navigator.locks.query();
  return [...held, ...pending].some(({ name, mode }) => name === LOCK && mode === "shared");
}

/** Wait until no tab is busy. A tab can become busy again at any moment after that. */
export async function quiet() {
  do {
    // This exclusive lock is granted when no tab holds the shared one. By then a busy tab may be queued
    // behind this request, so check again.
    await navigator.locks.request(LOCK, () => {});
  } while (await isAnyTabBusy());
}
