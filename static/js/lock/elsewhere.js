// Whether the lock is open in another tab: each that has it open holds a shared Web Lock, which the browser takes
// back when the tab goes. Such a page isn't kept for the Back button either, keys and all.

const NAME = "hearth-unlocked";

/** @returns {() => void} how to let go */
export function holdOpen() {
  /** @type {() => void} */
  let release = () => {};
  const held = new Promise((resolve) => (release = () => resolve(undefined)));
  void navigator.locks.request(NAME, { mode: "shared" }, () => held);
  return release;
}

export async function isOpenElsewhere() {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === NAME);
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @returns {Promise<T | undefined>} undefined when it takes longer
 */
export function soon(promise, ms) {
  return Promise.race([
    promise,
    new Promise((resolve) => setTimeout(() => resolve(undefined), ms)),
  ]);
}
