// A snapshot holds one version of a language's pages and files, in a cache of its own. This module says what belongs
// to a snapshot, and whether all of it is here.
import { writeError } from "../platform/errors.js";

/**
 * @typedef {object} List the content of offline.json: a language's pages and files
 * @property {string} version
 * @property {string} locale
 * @property {Record<string, string>} pages path -> first 16 hexadecimal digits of its SHA-256
 * @property {Record<string, string>} assets the same for other files
 */

/**
 * @param {string} locale
 * @param {string} version
 */
export function cacheName(locale, version) {
  return `pages-${locale}-${version}`;
}

/**
 * Return the name in localStorage of the version that didn't fit on the phone. Its free bytes and the time follow.
 * @param {string} locale
 */
export function noRoomKey(locale) {
  return `no-room-${locale}`;
}

/** @param {string} locale */
export function listPath(locale) {
  return `/${locale}/offline.json`;
}

/**
 * Read the list of a snapshot; null when the snapshot was never completed.
 * @param {string} locale
 * @param {string} version
 * @returns {Promise<List | null>}
 */
export async function cachedList(locale, version) {
  const list = await caches.match(listPath(locale), { cacheName: cacheName(locale, version) });
  return list ? list.json() : null;
}

/**
 * Return whether a snapshot is complete. Its list is written last, but the browser may have evicted files since.
 * @param {string} locale
 * @param {string} version
 */
export async function isWhole(locale, version) {
  const list = await cachedList(locale, version);
  if (!list) return false;
  const keys = await (await caches.open(cacheName(locale, version))).keys();
  const here = new Set(keys.map((request) => new URL(request.url).pathname));
  return Object.keys({ ...list.pages, ...list.assets }).every((path) => here.has(path));
}

/**
 * Open a cache, which may take room by itself. Throws StorageFullError.
 * @param {string} name
 */
export async function opened(name) {
  try {
    return await caches.open(name);
  } catch (error) {
    throw writeError(error);
  }
}

/**
 * Store a response. Throws StorageFullError.
 * @param {Cache} cache
 * @param {string} path
 * @param {Response} response
 */
export async function put(cache, path, response) {
  try {
    await cache.put(path, response);
  } catch (error) {
    throw writeError(error);
  }
}
