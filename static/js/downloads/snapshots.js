// Stores snapshots of a language's pages on this phone and activates them. The active snapshot is the one
// that opens; only a complete snapshot becomes active.
import { isAnyTabBusy, quiet } from "../platform/busy.js";
import { codeOf } from "../platform/errors.js";
import { recall, remember } from "../platform/storage.js";
import { json } from "./json.js";
import { cacheName, isWhole, cachedList, noRoomKey, opened, put } from "./snapshot.js";

/** @typedef {import("./fetch-snapshot.js").Progress} Progress */
/** @typedef {import("./snapshot.js").List} List */

const NOTES = "hearth-active";
/** Give up when the line hangs. In ms. */
const LONGEST_REGISTRATION = 30_000;

/** @type {unknown} */
let problem = null;

/** Return the error because of which the last try of this document to update the pages failed; null if it didn't. */
export function pagesProblem() {
  return problem;
}

/**
 * Start the service worker, then store the newest snapshot as described at cachePages.
 * @param {Parameters<typeof cachePages>[0]} options
 */
export async function keepPages(options) {
  try {
    await registerWorker();
    const isActive = await cachePages(options);
    problem = null;
    return isActive;
  } catch (error) {
    problem = error;
    throw error;
  }
}

/**
 * Register the service worker. If a newer one is waiting, activate it unless a tab is busy. Throws when the worker
 * doesn't come in time, or the browser's error.
 */
async function registerWorker() {
  const registering = navigator.serviceWorker.register("/service-worker.js", { scope: "/" });
  const registration = await inTime(registering);
  if (registration.waiting && !(await isAnyTabBusy())) {
    registration.waiting.postMessage({ type: "activate" });
  }
  void askForControl();
}

/**
 * Ask the worker to control this page too. It misses pages that open just while it starts, and those that are reloaded
 * past it.
 */
async function askForControl() {
  const { active } = await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) active?.postMessage({ type: "claim" });
}

/** @template T @param {Promise<T>} registering @returns {Promise<T>} */
async function inTime(registering) {
  /** @type {any} */
  let timer;
  const tooLate = new Promise((_, reject) => {
    const error = new TypeError("the service worker doesn't come");
    timer = setTimeout(reject, LONGEST_REGISTRATION, error);
  });
  try {
    return await Promise.race([registering, /** @type {Promise<never>} */ (tooLate)]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Store the newest snapshot of a language and activate it: at once, or as soon as no tab is busy. Only one
 * tab does this at a time. Throws ChangedError, AlteredError, SignInError, StorageFullError or the network's error.
 * Even then, a snapshot that was completed at an earlier visit is activated.
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
  const { newestList } = await fetching();
  let list = await newestList(locale);
  if (!(await isWhole(locale, list.version))) list = await fetchIfItFits(list, onProgress, again);
  remember(noRoomKey(locale), null);
  if (list.version !== (await activeVersion(locale))) await writeNote("waiting", locale, list);
  else await forgetNote("waiting", locale);
  return list;
}

/**
 * Store every file of a list. If a file doesn't match it, ask for the list again and go on with that one. If it is the
 * same list and a file still doesn't match, something changes files on the way. Note which, so that the next visits
 * ask for that file alone. Return the list whose files are here.
 * @param {List} list
 * @param {((progress: Progress) => void) | undefined} onProgress
 */
async function fetchFiles(list, onProgress) {
  const { locale, version } = list;
  const { fill, newestList, AlteredError } = await fetching();
  const noted = await readNote("altered", locale);
  const suspect = noted?.version === version ? noted.path : undefined;
  try {
    await fill(list, { onProgress, suspect });
  } catch (error) {
    if (!isMismatch(error)) throw error;
    if (error.path === suspect && !error.isOfService) throw new AlteredError(suspect);
    list = await newestList(locale, "reload");
    await fill(list, { onProgress }).catch(async (second) => {
      if (!isMismatch(second) || second.isOfService || list.version !== version) throw second;
      await writeNote("altered", locale, { locale, version, path: second.path });
      throw new AlteredError(second.path);
    });
  }
  await forgetNote("altered", locale);
  return list;
}

/** Load what fetches a snapshot. Reading the pages that are here needs none of it. */
const fetching = () => import("./fetch-snapshot.js");

/** @param {unknown} error @returns {error is import("./fetch-snapshot.js").ChangedError} */
const isMismatch = (error) => codeOf(error) === "changed";

/**
 * Fetch a snapshot. If it doesn't fit, delete it, and don't try again before something has changed. Return the list whose
 * files are here.
 * @param {List} list
 * @param {((progress: Progress) => void) | undefined} onProgress
 * @param {boolean} again
 */
async function fetchIfItFits(list, onProgress, again) {
  if (lacksRoom(list.locale) && !again) await (await import("./give-up.js")).checkRoom(list);
  try {
    return await fetchFiles(list, onProgress);
  } catch (error) {
    if (codeOf(error) === "storage_full") await (await import("./give-up.js")).giveUp(list);
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
    await forgetNote("waiting", locale);
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

/**
 * @typedef {"active" | "waiting" | "altered"} State
 * @typedef {{locale: string, version?: string, path?: string}} Note which snapshot is active or waiting, or which file
 * of which is changed on its way
 */

/**
 * @param {State} state
 * @param {string} key a language, or "last"
 * @returns {Promise<Note | null>}
 */
async function readNote(state, key) {
  const stored = await caches.match(`/${state}/${key}`, { cacheName: NOTES });
  return stored ? stored.json() : null;
}

/**
 * @param {State} state
 * @param {string} key a language, or "last"
 * @param {Note} note
 */
async function writeNote(state, key, { locale, version, path }) {
  const note = () => json({ locale, version, path });
  const write = async () => put(await opened(NOTES), `/${state}/${key}`, note());
  await write().catch(async (error) => (await import("./reserve.js")).writeAgain(error, write));
}

/** @param {State} state @param {string} locale */
async function forgetNote(state, locale) {
  await (await caches.open(NOTES)).delete(`/${state}/${locale}`);
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
