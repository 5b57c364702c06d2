// Decides when a failed request is tried again, and when to give up.

/** Give up after this many failures in a row. The waits between them double, starting at half a second. */
const TRIES = 5;
/** Never wait longer than this, even if the server asks for it. In ms. */
const LONGEST = 60_000;

/**
 * Count failures since the last success.
 * @param {{signal?: AbortSignal, onOffline?: () => void}} options `onOffline` is called when the wait for a
 * network begins
 */
export function backoff({ signal, onOffline }) {
  let failures = 0;
  return {
    succeeded() {
      failures = 0;
    },
    /**
     * Wait before the next try. Throws `error` after too many failures, and the signal's reason when it
     * is aborted. Without a network, wait until one returns, however long that takes.
     * @param {unknown} error
     * @param {number | null} [asked] how long the server asks to wait, in ms
     */
    async failed(error, asked = null) {
      signal?.throwIfAborted();
      if (navigator.onLine === false) {
        onOffline?.();
        return waitFor(Infinity, signal);
      }
      if (++failures >= TRIES) throw error;
      const wait = 250 * 2 ** failures * (0.75 + Math.random() / 2);
      await waitFor(Math.min(LONGEST, Math.max(wait, asked ?? 0)), signal);
    },
  };
}

/**
 * Wait for a time, or until the network returns if that is sooner.
 * @param {number} milliseconds Infinity to wait only for the network
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function waitFor(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      globalThis.removeEventListener("online", settle);
      signal?.removeEventListener("abort", settle);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = milliseconds < Infinity ? setTimeout(settle, milliseconds) : undefined;
    globalThis.addEventListener("online", settle);
    signal?.addEventListener("abort", settle);
  });
}
