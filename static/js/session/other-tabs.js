// Tells whether the lock is open in another tab. Each tab with an open lock holds a shared Web Lock, which the browser
// releases when the tab closes. A page that holds a Web Lock also stays out of the back-forward cache, and so do its
// keys.

const NAME = "hearth-unlocked";

/** Take the shared Web Lock. @returns {() => void} releases it */
export function holdOpen() {
  /** @type {() => void} */
  let release = () => {};
  const held = new Promise((resolve) => (release = () => resolve(undefined)));
  void navigator.locks.request(NAME, { mode: "shared" }, () => held);
  return release;
}

/** Return whether any tab holds the shared Web Lock. */
export async function isOpenInOtherTab() {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === NAME);
}

/**
 * Wait for a promise, but not longer than the given time.
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @returns {Promise<T | undefined>} undefined if it takes longer
 */
export function soon(promise, ms) {
  return Promise.race([
    promise,
    new Promise((resolve) => setTimeout(() => resolve(undefined), ms)),
  ]);
}
