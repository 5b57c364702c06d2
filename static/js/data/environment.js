/** What the data layer needs from the world around it. Tests bring their own clock, network, locks and storage. */

import { Database } from "./database.js";
import { StorageLostError } from "./errors.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Storage } from "./database.js" */

/**
 * The part of Web Locks that is used.
 * @typedef {object} Locks
 * @property {(name: string, options: {ifAvailable?: boolean, signal?: AbortSignal},
 *   work: (lock: unknown) => any) => Promise<any>} request
 */

/**
 * The part of BroadcastChannel that is used; what one tab posts, every other hears.
 * @typedef {object} Channel
 * @property {(message: any) => void} postMessage
 * @property {(type: "message", listener: (event: any) => void) => void} addEventListener
 * @property {() => void} close
 */

/**
 * @typedef {object} Environment
 * @property {string} name of the database, its locks and its channel
 * @property {Storage} storage
 * @property {Locks} locks
 * @property {Channel} channel
 * @property {() => number} now ms since 1970
 * @property {() => number} random 0 to 1, for jitter
 * @property {(length: number) => Bytes} randomBytes for keys and ids
 * @property {(work: () => void, ms: number) => any} setTimer
 * @property {(timer: any) => void} clearTimer
 * @property {(woken: (why: string) => void) => () => void} onWake calls back when the page comes back to life or
 *   online: "online", "visibilitychange" or "pageshow"; returns how to stop
 * @property {() => void} persist asks the browser not to evict what is stored
 * @property {typeof globalThis.fetch} fetch
 * @property {string} baseUrl in front of /api/v1; "" for the page's own server
 */

/**
 * @param {Partial<Environment>} [own] what to use instead
 * @returns {Environment}
 * @throws {StorageLostError} `storage_missing` if the browser lacks or forbids what is needed
 */
export function createEnvironment(own = {}) {
  const name = own.name ?? "hearth";
  const locks = own.locks ?? globalThis.navigator?.locks;
  // Without a secure context there are neither locks nor cryptography.
  if (!locks || !globalThis.crypto?.subtle) {
    throw new StorageLostError("storage_missing", "This browser has no Web Locks or Web Crypto");
  }
  return {
    name,
    locks,
    storage: own.storage ?? new Database(name),
    channel: own.channel ?? new BroadcastChannel(name),
    now: Date.now,
    random: Math.random,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    setTimer: (work, ms) => setTimeout(work, ms),
    clearTimer: (timer) => clearTimeout(timer),
    onWake: listenForWaking,
    persist: () => void globalThis.navigator?.storage?.persist?.().catch(() => {}),
    fetch: (...request) => globalThis.fetch(...request),
    baseUrl: "",
    ...own,
  };
}

/** @param {(why: string) => void} woken */
function listenForWaking(woken) {
  const listener = (/** @type {any} */ { type, persisted }) => {
    // Every page is shown once without having slept.
    if (type !== "pageshow" || persisted) woken(type);
  };
  const { window, document } = globalThis;
  window?.addEventListener("online", listener);
  window?.addEventListener("pageshow", listener);
  document?.addEventListener("visibilitychange", listener);
  return () => {
    window?.removeEventListener("online", listener);
    window?.removeEventListener("pageshow", listener);
    document?.removeEventListener("visibilitychange", listener);
  };
}
