// One version of a language's pages and files in a cache of its own: what belongs to it, filling it.
import { isFull, StorageFullError } from "./full.js";
import { hex } from "./hex.js";
import { json } from "./json.js";

/**
 * @typedef {object} List offline.json: what a language's pages and files are
 * @property {string} version
 * @property {string} locale
 * @property {Record<string, string>} pages path -> first 16 hexadecimal digits of its SHA-256
 * @property {Record<string, string>} assets the same for files
 *
 * @typedef {object} Progress
 * @property {number} done
 * @property {number} total
 */

const AT_ONCE = 6;

/** The bytes that came aren't those of the list: the service is being updated at this moment. */
export class ChangedError extends Error {
  name = "ChangedError";
}

/** @param {string} locale @param {string} version */
export function cacheName(locale, version) {
  return `pages-${locale}-${version}`;
}

/** @param {string} locale */
function listPath(locale) {
  return `/${locale}/offline.json`;
}

/** @param {string} locale @returns {Promise<List>} */
export async function newestList(locale) {
  const response = await fetch(listPath(locale), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${listPath(locale)}: ${response.status}`);
  return response.json();
}

/** The list of a version that was filled to its end. @param {string} locale @param {string} version @returns {Promise<List | null>} */
export async function keptList(locale, version) {
  const list = await caches.match(listPath(locale), { cacheName: cacheName(locale, version) });
  return list ? list.json() : null;
}

/** Whether a version is all here: its list is written last, but the browser may evict. @param {string} locale @param {string} version */
export async function isWhole(locale, version) {
  const list = await keptList(locale, version);
  if (!list) return false;
  const keys = await (await caches.open(cacheName(locale, version))).keys();
  const here = new Set(keys.map((request) => new URL(request.url).pathname));
  return Object.keys({ ...list.pages, ...list.assets }).every((path) => here.has(path));
}

/**
 * Bring everything that the list names, from earlier versions where it is the same.
 * Raises ChangedError, StorageFullError or the network's error; what came so far stays.
 * @param {List} list
 * @param {((progress: Progress) => void) | undefined} onProgress
 */
export async function fill(list, onProgress) {
  const cache = await caches.open(cacheName(list.locale, list.version));
  const older = await olderCaches(list);
  const wanted = Object.entries({ ...list.pages, ...list.assets });
  const total = wanted.length;
  let done = 0;
  const next = async () => {
    for (let entry = wanted.shift(); entry; entry = wanted.shift()) {
      const [path, hash] = entry;
      if (!(await cache.match(path))) {
        await put(cache, path, (await copyOf(older, path, hash)) ?? (await download(path, hash)));
      }
      onProgress?.({ done: ++done, total });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  } finally {
    // After a failure the others stop at their next file.
    wanted.length = 0;
  }
  // Written last: a cache without its list is unfinished and never becomes active.
  await put(cache, listPath(list.locale), json(list));
}

/** @param {Cache} cache @param {string} path @param {Response} response */
async function put(cache, path, response) {
  try {
    await cache.put(path, response);
  } catch (error) {
    throw isFull(error) ? new StorageFullError(path) : error;
  }
}

/**
 * Earlier snapshots of any language with their lists, to copy from what is the same.
 * @param {List} list
 */
async function olderCaches(list) {
  const found = [];
  for (const name of await caches.keys()) {
    const locale = /^pages-(.+)-[0-9a-f]+$/.exec(name)?.[1];
    if (!locale || name === cacheName(list.locale, list.version)) continue;
    const cache = await caches.open(name);
    const kept = await cache.match(listPath(locale));
    if (!kept) continue;
    const { pages, assets } = await kept.json();
    found.push({ cache, hashes: { ...pages, ...assets } });
  }
  return found;
}

/**
 * @param {{cache: Cache, hashes: Record<string, string>}[]} older
 * @param {string} path @param {string} hash
 */
async function copyOf(older, path, hash) {
  for (const { cache, hashes } of older) {
    if (hashes[path] === hash) return cache.match(path);
  }
  return undefined;
}

/** @param {string} path @param {string} hash */
async function download(path, hash) {
  // "reload" passes the worker and the browser's own cache.
  const response = await fetch(path, { cache: "reload", credentials: "omit" });
  if (!response.ok) throw new ChangedError(`${path}: ${response.status}`);
  const body = await response.arrayBuffer();
  if ((await digest(body)) !== hash) throw new ChangedError(path);
  // Made anew: iOS refuses a redirected response for a navigation.
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.set("content-length", String(body.byteLength));
  return new Response(body, { headers });
}

/** @param {ArrayBuffer} body */
async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return hex(bytes.subarray(0, 8));
}
