/** What the data layer needs from its surroundings. Tests pass their own clock, network, locks and storage. */

import { openChannel } from "../platform/channel.js";
import { Database } from "./database.js";
import { StorageLostError } from "./errors.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Storage } from "./database.js" */

/**
 * The part of the Web Locks API that the data layer uses.
 *
 * @typedef {object} Locks
 * @property {(name: string, options: {ifAvailable?: boolean, signal?: AbortSignal},
 *   work: (lock: unknown) => any) => Promise<any>} request
 */

/**
 * The part of BroadcastChannel that the data layer uses. A message from one tab reaches all other tabs.
 *
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
 * @property {() => number} elapsed ms since the page was opened, whatever happens to the phone's clock
 * @property {() => number} random 0 to 1, for jitter
 * @property {(length: number) => Bytes} randomBytes for keys and ids
 * @property {(work: () => void, ms: number) => any} setTimer
 * @property {(timer: any) => void} clearTimer
 * @property {(woken: (why: string) => void) => () => void} onWake calls back when the page goes online, changes its
 *   visibility or returns from the back-forward cache, with the type of the event: "online", "visibilitychange" or
 *   "pageshow"; returns a function that removes the listeners
 * @property {() => void} persist asks the browser not to evict what is stored
 * @property {() => Promise<boolean>} makeRoom deletes something that matters less than words, because they don't fit;
 *   returns whether there was anything to delete
 * @property {typeof globalThis.fetch} fetch
 * @property {string} browser such as "Firefox", and `system`, such as "Android": what the reader's other phones say of
 *   this one
 * @property {string} system
 * @property {string} baseUrl comes before /api/v1; "" for the page's own server
 */

/**
 * Return the environment of a browser tab.
 *
 * @param {Partial<Environment>} [overrides] used in place of the browser's own
 * @returns {Environment}
 * @throws {StorageLostError} `storage_insecure`, `storage_missing` or `storage_refused`
 */
export function createEnvironment(overrides = {}) {
  const name = overrides.name ?? "hearth";
  const makeRoom = overrides.makeRoom ?? (async () => false);
  return {
    name,
    locks: overrides.locks ?? browserLocks(),
    storage: overrides.storage ?? new Database(name, undefined, undefined, makeRoom),
    channel: overrides.channel ?? openChannel(name),
    now: Date.now,
    elapsed: () => performance.now(),
    random: Math.random,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    setTimer: (work, ms) => setTimeout(work, ms),
    clearTimer: (timer) => clearTimeout(timer),
    onWake: listenForWaking,
    makeRoom,
    persist: () => void globalThis.navigator?.storage?.persist?.().catch(() => {}),
    fetch: (...request) => globalThis.fetch(...request),
    ...kindOfBrowser(globalThis.navigator?.userAgent ?? ""),
    baseUrl: "",
    ...overrides,
  };
}

/**
 * Return the browser's Web Locks. They and Web Crypto exist only in a secure context.
 *
 * @returns {Locks}
 */
function browserLocks() {
  if (globalThis.isSecureContext === false) {
    throw new StorageLostError("storage_insecure", "The address isn't secure");
  }
  const locks = notRefused(() => globalThis.navigator?.locks);
  if (!locks || !notRefused(() => globalThis.crypto?.subtle)) {
    throw new StorageLostError("storage_missing", "This browser has no Web Locks or Web Crypto");
  }
  return {
    request: async (name, options, work) => {
      let isGranted = false;
      const noted = (/** @type {unknown} */ lock) => {
        isGranted = true;
        return work(lock);
      };
      try {
        return await locks.request(name, options, noted);
      } catch (cause) {
        if (isGranted || /** @type {any} */ (cause)?.name !== "SecurityError") throw cause;
        throw new StorageLostError("storage_refused", "Web Locks are refused", { cause });
      }
    },
  };
}

/**
 * Read a property that some browsers refuse to give.
 *
 * @template T
 * @param {() => T} read
 * @returns {T}
 */
function notRefused(read) {
  try {
    return read();
  } catch (cause) {
    throw new StorageLostError("storage_refused", "The browser refuses it", { cause });
  }
}

/**
 * Call back on every event after which the page may have been asleep or offline.
 *
 * @param {(why: string) => void} callback
 */
function listenForWaking(callback) {
  const listener = (/** @type {any} */ { type, persisted }) => {
    // Every page fires `pageshow` once when it loads; it hasn't slept then.
    if (type !== "pageshow" || persisted) callback(type);
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

// The first one that fits counts, because browsers name each other.
const BROWSERS = [
  ["Edge", /Edg(e|A|iOS)?\//u],
  ["Samsung Internet", /SamsungBrowser\//u],
  ["Opera", /OPR\//u],
  ["Firefox", /(Firefox|FxiOS)\//u],
  ["Chrome", /(Chrome|CriOS|Chromium)\//u],
  ["Safari", /Safari\//u],
];
const SYSTEMS = [
  ["Android", /Android/u],
  ["iPhone", /iPhone/u],
  ["iPad", /iPad/u],
  ["Windows", /Windows/u],
  ["Mac", /Mac OS X/u],
  ["Chromebook", /CrOS/u],
  ["Linux", /Linux/u],
];

/**
 * Return the names of the browser and the system.
 *
 * @param {string} userAgent
 * @returns {{browser: string, system: string}} "" for one that isn't known
 */
export function kindOfBrowser(userAgent) {
  const first = (/** @type {any[][]} */ kinds) =>
    kinds.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? "";
  return { browser: first(BROWSERS), system: first(SYSTEMS) };
}
