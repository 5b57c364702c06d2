// Stores snapshots of a language's pages on this phone and activates them. The active snapshot is the one
// that opens; only a complete snapshot becomes active.
import { isAnyTabBusy, quiet } from "../platform/busy.js";
import { StorageFullError } from "../platform/errors.js";
import { recall, remember } from "../platform/storage.js";
import { json } from "./json.js";
import {
  cacheName,
  fill,
  isWhole,
  cachedList,
  newestList,
  noRoomKey,
  opened,
  put,
} from "./snapshot.js";

/** @typedef {import("./snapshot.js").List} List */
/** @typedef {import("./snapshot.js").Progress} Progress */

const NOTES = "hearth-active";

/** Register the service worker. If a newer one is waiting, activate it unless a tab is busy. */
export async function registerWorker() {
  const registration = await navigator.serviceWorker.register("/service-worker.js", { scope: "/" });
  if (registration.waiting && !(await isAnyTabBusy())) {
    registration.waiting.postMessage({ type: "activate" });
  }
  return registration;
}

/**
 * Store the newest snapshot of a language and activate it: at once, or as soon as no tab is busy. Only one
 * tab does this at a time. Throws ChangedError, StorageFullError or the network's error. Even then, a snapshot
 * that was completed at an earlier visit is activated.
 * @param {{locale: string, onProgress?: (progress: Progress) => void, again?: boolean}} options `again`: try a version
 * that didn't fit on this phone, because the user asks for it
 * @returns {Promise<boolean>} whether the newest snapshot is active now
 */
export function cachePages({ locale, onProgress, again = false }) {
  return oneAtATime(locale, async () => {
    try {
      const { version } = await storeNewest(locale, onProgress, again);
      await activate(locale);
      return (await activeVersion(locale)) === version;
    } catch (error) {
      // For example, the phone is offline. An earlier snapshot may still be waiting.
      await activate(locale);
      throw error;
    }
  });
}

/**
 * Return how many pages the language's active snapshot has; 0 when there is none.
 * @param {string} locale
 */
export async function cachedPages(locale) {
  const version = await activeVersion(locale);
  const list = version && (await cachedList(locale, version));
  return list ? Object.keys(list.pages).filter((path) => !/\.\w+$/.test(path)).length : 0;
}

/**
 * Return whether newer pages of a language are there that don't fit on this phone.
 * @param {string} locale
 */
export function lacksRoom(locale) {
  return recall(noRoomKey(locale)) !== null;
}

/**
 * Return the version of the language's active snapshot.
 * @param {string} locale
 * @returns {Promise<string | null>}
 */
export async function activeVersion(locale) {
  return (await readNote("active", locale))?.version ?? null;
}

/**
 * Store the newest snapshot completely, and note that it is waiting. Return its list.
 * @param {string} locale
 * @param {((progress: Progress) => void) | undefined} onProgress
 * @param {boolean} again
 */
async function storeNewest(locale, onProgress, again) {
  const list = await newestList(locale);
  if (!(await isWhole(locale, list.version))) await fillIfItFits(list, onProgress, again);
  remember(noRoomKey(locale), null);
  if (list.version !== (await activeVersion(locale))) await writeNote("waiting", locale, list);
  else await forgetWaiting(locale);
  return list;
}

/**
 * Fill a snapshot. If it doesn't fit, delete it, and don't try again before something has changed.
 * @param {List} list
 * @param {((progress: Progress) => void) | undefined} onProgress
 * @param {boolean} again
 */
async function fillIfItFits(list, onProgress, again) {
  if (lacksRoom(list.locale) && !again) await (await import("./give-up.js")).checkRoom(list);
  try {
    await fill(list, onProgress);
  } catch (error) {
    if (error instanceof StorageFullError) await (await import("./give-up.js")).giveUp(list);
    throw error;
  }
}

/**
 * Activate the waiting snapshot if it is complete. If it would replace an active one while a tab is busy,
 * do it as soon as no tab is busy.
 * @param {string} locale
 */
async function activate(locale) {
  const version = (await readNote("waiting", locale))?.version;
  const previous = await activeVersion(locale);
  if (version && version !== previous && (await isWhole(locale, version))) {
    if (previous && (await isAnyTabBusy())) return activateLater(locale);
    await writeNote("active", locale, { locale, version });
    await forgetWaiting(locale);
    await forgetOlder(locale, [version, previous ?? version]);
  }
  // The address "/" leads to the last language when the phone is offline.
  if ((version || previous) && (await readNote("active", "last"))?.locale !== locale) {
    await writeNote("active", "last", { locale });
  }
}

/** @param {string} locale */
function activateLater(locale) {
  const later = quiet().then(() => oneAtATime(locale, () => activate(locale)));
  later.catch((error) => console.info("the newer pages wait for the next visit", error));
}

/**
 * Do the work while no other tab does such work for the same language.
 * @template T
 * @param {string} locale
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function oneAtATime(locale, work) {
  return navigator.locks.request(`hearth-pages-${locale}`, work);
}

/** @typedef {{locale: string, version?: string}} Note which snapshot is active or waiting */

/**
 * @param {"active" | "waiting"} state
 * @param {string} key a language, or "last"
 * @returns {Promise<Note | null>}
 */
async function readNote(state, key) {
  const stored = await caches.match(`/${state}/${key}`, { cacheName: NOTES });
  return stored ? stored.json() : null;
}

/**
 * @param {"active" | "waiting"} state
 * @param {string} key a language, or "last"
 * @param {Note} note
 */
async function writeNote(state, key, { locale, version }) {
  const write = async () => put(await opened(NOTES), `/${state}/${key}`, json({ locale, version }));
  await write().catch(async (error) => (await import("./reserve.js")).writeAgain(error, write));
}

/** @param {string} locale */
async function forgetWaiting(locale) {
  await (await caches.open(NOTES)).delete(`/waiting/${locale}`);
}

/**
 * Delete a language's snapshots, except the versions to keep: the active one, and the one before it because
 * open tabs may still request its files.
 * @param {string} locale
 * @param {string[]} versions to keep
 */
async function forgetOlder(locale, versions) {
  const names = versions.map((version) => cacheName(locale, version));
  const pattern = new RegExp(`^pages-${locale}-[0-9a-f]+$`);
  for (const name of await caches.keys()) {
    if (pattern.test(name) && !names.includes(name)) await caches.delete(name);
  }
}
