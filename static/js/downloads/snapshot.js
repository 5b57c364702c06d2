// A snapshot holds one version of a language's pages and files, in a cache of its own. This module says
// what belongs to a snapshot, and fills it.
import { CodedError, StorageFullError, writeError } from "../platform/errors.js";
import { hex } from "./hex.js";
import { json } from "./json.js";

/**
 * @typedef {object} List the content of offline.json: a language's pages and files
 * @property {string} version
 * @property {string} locale
 * @property {Record<string, string>} pages path -> first 16 hexadecimal digits of its SHA-256
 * @property {Record<string, string>} assets the same for other files
 *
 * @typedef {object} Progress
 * @property {number} done
 * @property {number} total
 */

/** Fetch this many files at the same time. */
const AT_ONCE = 6;

/** The bytes of a file don't match the list: the service is being updated at this moment. `code` is `changed`. */
export class ChangedError extends CodedError {
  /** @param {string} message */
  constructor(message) {
    super("changed", message);
  }
}

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
function listPath(locale) {
  return `/${locale}/offline.json`;
}

/**
 * Fetch the list of the newest version.
 * @param {string} locale
 * @returns {Promise<List>}
 */
export async function newestList(locale) {
  const response = await fetch(listPath(locale), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${listPath(locale)}: ${response.status}`);
  return response.json();
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
 * Store every file that the list names. Copy unchanged files from earlier snapshots; download the others.
 * Throws ChangedError, StorageFullError or the network's error. The files that were stored so far stay.
 * @param {List} list
 * @param {((progress: Progress) => void) | undefined} onProgress
 */
export async function fill(list, onProgress) {
  await (await import("./reserve.js")).reserveRoom();
  const name = cacheName(list.locale, list.version);
  const cache = await opened(name);
  const older = await olderCaches(list);
  const queue = Object.entries({ ...list.pages, ...list.assets });
  const total = queue.length;
  let done = 0;
  const work = async () => {
    for (let entry = queue.shift(); entry; entry = queue.shift()) {
      const [path, hash] = entry;
      // Another tab has given the room to words.
      if (!(await caches.has(name))) throw new StorageFullError();
      if (!(await cache.match(path))) {
        await put(cache, path, (await copyOf(older, path, hash)) ?? (await download(path, hash)));
      }
      onProgress?.({ done: ++done, total });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    // After a failure, the other loops stop at their next file.
    queue.length = 0;
  }
  // The list is written last. A snapshot without its list is incomplete and never becomes active.
  await put(cache, listPath(list.locale), json(list));
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

/**
 * Return the other complete snapshots, of any language, with the hashes of their files.
 * @param {List} list
 */
async function olderCaches(list) {
  const older = [];
  for (const name of await caches.keys()) {
    const locale = /^pages-(.+)-[0-9a-f]+$/.exec(name)?.[1];
    if (!locale || name === cacheName(list.locale, list.version)) continue;
    const cache = await caches.open(name);
    const stored = await cache.match(listPath(locale));
    if (!stored) continue;
    const { pages, assets } = await stored.json();
    older.push({ cache, hashes: { ...pages, ...assets } });
  }
  return older;
}

/**
 * Return the file from the first snapshot that has it with this hash.
 * @param {{cache: Cache, hashes: Record<string, string>}[]} older
 * @param {string} path
 * @param {string} hash
 */
async function copyOf(older, path, hash) {
  for (const { cache, hashes } of older) {
    if (hashes[path] === hash) return cache.match(path);
  }
  return undefined;
}

/**
 * Download a file and check its hash.
 * @param {string} path
 * @param {string} hash
 */
async function download(path, hash) {
  // "reload" bypasses the service worker and the browser's HTTP cache.
  const response = await fetch(path, { cache: "reload", credentials: "omit" });
  if (!response.ok) throw new ChangedError(`${path}: ${response.status}`);
  const body = await response.arrayBuffer();
  if ((await digest(body)) !== hash) throw new ChangedError(path);
  // Build a new response: iOS refuses a redirected one for a navigation.
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.set("content-length", String(body.byteLength));
  return new Response(body, { headers });
}

/**
 * Return the first 16 hexadecimal digits of the SHA-256.
 * @param {ArrayBuffer} body
 */
async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return hex(bytes.subarray(0, 8));
}
