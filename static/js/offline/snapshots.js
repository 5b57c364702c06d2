// Brings a language's pages to this phone: all of a version or none of it.
import { isAnyTabBusy, quiet } from "./busy.js";
import { json } from "./json.js";
import { cacheName, fill, isWhole, keptList, newestList } from "./snapshot.js";

/** @typedef {import("./snapshot.js").Progress} Progress */

const NOTES = "hearth-active";

/** Start the worker, and let a waiting one take over when no tab would notice. */
export async function registerWorker() {
  const registration = await navigator.serviceWorker.register("/service-worker.js", { scope: "/" });
  if (registration.waiting && !(await isAnyTabBusy())) {
    registration.waiting.postMessage({ type: "activate" });
  }
  return registration;
}

/**
 * Bring this language's snapshot up to date and make it the one that opens: at once, or as soon as
 * no tab is busy. One tab at a time. Raises ChangedError, StorageFullError or the network's error;
 * a version that came whole at an earlier visit is let in all the same.
 * @param {{locale: string, onProgress?: (progress: Progress) => void}} options
 * @returns {Promise<boolean>} whether the newest version is the active one now
 */
export function keepPages({ locale, onProgress }) {
  return oneAtATime(locale, async () => {
    try {
      const { version } = await bring(locale, onProgress);
      await letIn(locale);
      return (await activeVersion(locale)) === version;
    } catch (error) {
      // Offline, say. What came earlier may have waited for a quiet moment.
      await letIn(locale);
      throw error;
    }
  });
}

/** What opens without a network: pages of the language's active snapshot, 0 when there is none. @param {string} locale */
export async function pagesKept(locale) {
  const version = await activeVersion(locale);
  const list = version && (await keptList(locale, version));
  return list ? Object.keys(list.pages).filter((path) => !/\.\w+$/.test(path)).length : 0;
}

/** @param {string} locale @returns {Promise<string | null>} */
export async function activeVersion(locale) {
  return (await noted("active", locale))?.version ?? null;
}

/** Have the newest version here, whole, and note that it waits. @param {string} locale @param {((progress: Progress) => void) | undefined} onProgress */
async function bring(locale, onProgress) {
  const list = await newestList(locale);
  if (!(await isWhole(locale, list.version))) await fill(list, onProgress);
  if (list.version !== (await activeVersion(locale))) await note("waiting", locale, list);
  else await forgetWaiting(locale);
  return list;
}

/**
 * Make the version that waits the one that opens, unless a tab would notice: then as soon as none
 * would.
 * @param {string} locale
 */
async function letIn(locale) {
  const version = (await noted("waiting", locale))?.version;
  const before = await activeVersion(locale);
  if (version && version !== before && (await isWhole(locale, version))) {
    if (before && (await isAnyTabBusy())) return letInLater(locale);
    await note("active", locale, { locale, version });
    await forgetWaiting(locale);
    await forgetOlder(locale, [version, before ?? version]);
  }
  // The language that the front door leads to.
  if ((version || before) && (await noted("active", "last"))?.locale !== locale) {
    await note("active", "last", { locale });
  }
}

/** @param {string} locale */
function letInLater(locale) {
  const later = quiet().then(() => oneAtATime(locale, () => letIn(locale)));
  later.catch((error) => console.info("the newer pages wait for the next visit", error));
}

/** @template T @param {string} locale @param {() => Promise<T>} work @returns {Promise<T>} */
function oneAtATime(locale, work) {
  return navigator.locks.request(`hearth-pages-${locale}`, work);
}

/** @typedef {{locale: string, version?: string}} Note */

/** @param {"active" | "waiting"} what @param {string} key @returns {Promise<Note | null>} */
async function noted(what, key) {
  const found = await caches.match(`/${what}/${key}`, { cacheName: NOTES });
  return found ? found.json() : null;
}

/** @param {"active" | "waiting"} what @param {string} key @param {Note} note */
async function note(what, key, { locale, version }) {
  await (await caches.open(NOTES)).put(`/${what}/${key}`, json({ locale, version }));
}

/** @param {string} locale */
async function forgetWaiting(locale) {
  await (await caches.open(NOTES)).delete(`/waiting/${locale}`);
}

/** Keep this version and the one before: open tabs may still ask for its files. @param {string} locale @param {string[]} kept */
async function forgetOlder(locale, kept) {
  const names = kept.map((version) => cacheName(locale, version));
  const pattern = new RegExp(`^pages-${locale}-[0-9a-f]+$`);
  for (const name of await caches.keys()) {
    if (pattern.test(name) && !names.includes(name)) await caches.delete(name);
  }
}
