// When to try again, and when to give up.

/** Failures in a row before giving up; the waits between double from half a second. */
const TRIES = 5;
/** The longest wait (ms) that a server may ask for. */
const LONGEST = 60_000;

/**
 * Counts failures since the last success.
 * @param {{signal?: AbortSignal, onOffline?: () => void}} options `onOffline` hears that it waits for a network
 */
export function patience({ signal, onOffline }) {
  let failures = 0;
  return {
    succeeded() {
      failures = 0;
    },
    /**
     * Wait before another try. Raises the error that is given when there have been enough, and the
     * signal's when it is aborted. Without a network it waits for one, however long.
     * @param {unknown} error
     * @param {number | null} [asked] milliseconds that the server asked for
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

/** Wait; a network that comes back ends it. @param {number} milliseconds Infinity for the network alone @param {AbortSignal} [signal] @returns {Promise<void>} */
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
