// Fetches a snapshot: the list of the newest version, and every file that it names. Proxies, networks' filters and
// sign-in pages can answer in place of the service. What they send is never stored.
import { CodedError, StorageFullError } from "../platform/errors.js";
import { hex } from "./hex.js";
import { json } from "./json.js";
import { fetchSignedIn } from "./sign-in.js";
import { reserveRoom } from "./reserve.js";
import { cacheName, listPath, opened, put } from "./snapshot.js";

/** @typedef {import("./snapshot.js").List} List */

/**
 * @typedef {object} Progress
 * @property {number} done
 * @property {number} total
 */

/** Fetch this many files at the same time. */
const AT_ONCE = 6;
/** Give up a request when nothing has arrived for this long. In ms. */
const SILENCE = 30_000;
/** How the service writes the hash of a file: in its lists, as a version and as an ETag. */
const HASH = /^[0-9a-f]{16}$/;

/** A file isn't what the list says: the service is being updated at this moment. `code` is `changed`. */
export class ChangedError extends CodedError {
  /**
   * @param {string} path
   * @param {string} found what came instead
   * @param {{isOfService?: boolean}} [options] `isOfService`: by its ETag, it is another version of the service
   */
  constructor(path, found, { isOfService = false } = {}) {
    super("changed", `${path}: ${found}`);
    this.path = path;
    this.isOfService = isOfService;
  }
}

/** Something between phone and service changes files. They aren't stored. `code` is `altered`. */
export class AlteredError extends CodedError {
  /** @param {string} path of a file that was changed */
  constructor(path) {
    super("altered", `${path} is changed on its way from the service`);
  }
}

/**
 * Fetch the list of the newest version. Throws SignInError, or an error without a code if something else comes.
 * @param {string} locale
 * @param {RequestCache} [cache] "reload" also asks caches on the way for the service's own list
 * @returns {Promise<List>}
 */
export async function newestList(locale, cache = "no-cache") {
  const path = listPath(locale);
  const { response, bytes } = await fetchBytes(path, { cache });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const list = parsed(bytes);
  if (!isList(list, locale)) throw new Error(`${path}: another server has answered`);
  return list;
}

/** @param {ArrayBuffer} bytes @returns {any} null if they are no JSON */
function parsed(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/**
 * @param {any} list
 * @param {string} locale
 * @returns {list is List}
 */
function isList(list, locale) {
  return (
    list?.locale === locale &&
    HASH.test(list.version) &&
    [list.pages, list.assets].every(areHashes) &&
    `/${locale}/` in list.pages
  );
}

/** @param {unknown} files */
function areHashes(files) {
  return (
    files instanceof Object &&
    Object.entries(files).every(([path, hash]) => path.startsWith("/") && HASH.test(hash))
  );
}

/**
 * Store every file that the list names. Copy unchanged files from earlier snapshots; download the others.
 * Throws ChangedError, SignInError, StorageFullError or the network's error. The files stored so far stay.
 * @param {List} list
 * @param {{onProgress?: (progress: Progress) => void, suspect?: string}} options `suspect` is the path of a file that
 * was changed on its way before. It comes first and alone.
 */
export async function fill(list, { onProgress, suspect }) {
  await reserveRoom();
  const name = cacheName(list.locale, list.version);
  const cache = await opened(name);
  const older = await olderCaches(list);
  const files = { ...list.pages, ...list.assets };
  const queue = Object.entries(files);
  const total = queue.length;
  let done = 0;
  const store = async (/** @type {string} */ path, /** @type {string} */ hash) => {
    // Another tab has given the room to words.
    if (!(await caches.has(name))) throw new StorageFullError();
    // A response from match() would hold the room of the file, even after it is deleted.
    if ((await cache.keys(path)).length) return;
    await put(cache, path, (await copyOf(older, path, hash)) ?? (await download(path, hash)));
  };
  const work = async () => {
    for (let entry = queue.shift(); entry; entry = queue.shift()) {
      await store(...entry);
      onProgress?.({ done: ++done, total });
    }
  };
  if (suspect && suspect in files) await store(suspect, files[suspect]);
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
  const { response, bytes } = await fetchBytes(path, { cache: "reload" });
  const { ok, status } = response;
  // The service no longer has the file, or one of several servers doesn't have it yet.
  if (status === 404 || status === 410) {
    throw new ChangedError(path, `${status}`, { isOfService: true });
  }
  if (!ok) throw new Error(`${path}: ${status}`);
  const found = await digest(bytes);
  if (found !== hash) throw new ChangedError(path, found, { isOfService: isOther(response, hash) });
  // Build a new response: iOS refuses a redirected one for a navigation.
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.set("content-length", String(bytes.byteLength));
  return new Response(bytes, { headers });
}

/**
 * Return whether the ETag names another file of the service. It contains the first digits of the file's SHA-256
 * (hearth_cft/web/prerendered.py). What changes files on the way leaves it alone or removes it.
 * @param {Response} response
 * @param {string} hash
 */
function isOther({ headers }, hash) {
  const tag = headers.get("etag")?.replace(/^W\//, "").replaceAll('"', "") ?? "";
  return HASH.test(tag) && tag !== hash;
}

/**
 * Fetch a file. Throws SignInError, the network's error, or AbortError when nothing arrives for too long: on a line that hangs, the
 * browser alone would wait for minutes, and the other tabs with it.
 * @param {string} path
 * @param {RequestInit} options
 */
async function fetchBytes(path, options) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  let timer = setTimeout(stop, SILENCE);
  try {
    const response = await fetchSignedIn(path, { ...options, signal: controller.signal });
    const parts = [];
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      parts.push(part.value);
      clearTimeout(timer);
      timer = setTimeout(stop, SILENCE);
    }
    return { response, bytes: await new Blob(parts).arrayBuffer() };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Return the first 16 hexadecimal digits of the SHA-256.
 * @param {ArrayBuffer} body
 */
async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return hex(bytes.subarray(0, 8));
}
