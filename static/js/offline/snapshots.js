// Brings a language's pages to this phone: all of a version or none of it.
import { isAnyTabBusy } from "./busy.js";
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

const ACTIVE = "hearth-active";
const AT_ONCE = 6;

/** @param {string} locale @param {string} version */
const cacheName = (locale, version) => `pages-${locale}-${version}`;
/** @param {string} locale */
const listPath = (locale) => `/${locale}/offline.json`;

/** The bytes that came aren't those of the list: the service is being updated at this moment. */
export class ChangedError extends Error {
  name = "ChangedError";
}

/** Start the worker, and let a waiting one take over when no tab would notice. */
export async function registerWorker() {
  const registration = await navigator.serviceWorker.register("/service-worker.js", { scope: "/" });
  const activate = async () => {
    if (registration.waiting && !(await isAnyTabBusy())) {
      registration.waiting.postMessage({ type: "activate" });
    }
  };
  await activate();
  return registration;
}

/**
 * Bring this language's snapshot up to date and make it the one that opens. One tab at a time.
 * @param {{locale: string, onProgress?: (progress: Progress) => void}} options
 * @returns {Promise<boolean>} whether the newest version is the active one now
 */
export async function keepPages({ locale, onProgress }) {
  const work = async () => {
    const list = await newestList(locale);
    const active = await activeVersion(locale);
    if (active !== list.version || !(await isWhole(locale, list.version))) {
      await fill(list, onProgress);
    }
    return activate(locale, list.version);
  };
  return navigator.locks ? navigator.locks.request(`hearth-pages-${locale}`, work) : work();
}

/** What opens without a network: pages of the language's active snapshot, 0 when there is none. @param {string} locale */
export async function pagesKept(locale) {
  const version = await activeVersion(locale);
  const list = version && (await keptList(locale, version));
  return list ? Object.keys(list.pages).filter((path) => !/\.\w+$/.test(path)).length : 0;
}

/** @param {string} locale @returns {Promise<List>} */
async function newestList(locale) {
  const response = await fetch(listPath(locale), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${listPath(locale)}: ${response.status}`);
  return response.json();
}

/** @param {string} locale @returns {Promise<string | null>} */
export async function activeVersion(locale) {
  const note = await caches.match(`/active/${locale}`, { cacheName: ACTIVE });
  return note ? (await note.json()).version : null;
}

/** @param {string} locale @param {string} version @returns {Promise<List | null>} */
async function keptList(locale, version) {
  const name = cacheName(locale, version);
  if (!(await caches.has(name))) return null;
  const list = await caches.match(listPath(locale), { cacheName: name });
  return list ? list.json() : null;
}

/** Whether a version is all here: its list is written last, but the browser may evict. @param {string} locale @param {string} version */
async function isWhole(locale, version) {
  const list = await keptList(locale, version);
  if (!list) return false;
  const keys = await (await caches.open(cacheName(locale, version))).keys();
  const here = new Set(keys.map((request) => new URL(request.url).pathname));
  return Object.keys({ ...list.pages, ...list.assets }).every((path) => here.has(path));
}

/** @param {List} list @param {((progress: Progress) => void) | undefined} onProgress */
async function fill(list, onProgress) {
  const cache = await caches.open(cacheName(list.locale, list.version));
  const older = await olderCaches(list);
  const wanted = Object.entries({ ...list.pages, ...list.assets });
  let done = 0;
  const next = async () => {
    for (let entry = wanted.shift(); entry; entry = wanted.shift()) {
      const [path, hash] = entry;
      const here = (await cache.match(path)) ?? (await copyOf(older, path, hash));
      await cache.put(path, here ?? (await download(path, hash)));
      onProgress?.({ done: ++done, total });
    }
  };
  const total = wanted.length;
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  // Written last: a cache without its list is unfinished and never becomes active.
  await cache.put(listPath(list.locale), json(list));
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
  const response = await fetch(path, { cache: "reload", credentials: "omit" });
  if (!response.ok) throw new ChangedError(`${path}: ${response.status}`);
  const body = await response.arrayBuffer();
  if (crypto.subtle && (await digest(body)) !== hash) throw new ChangedError(path);
  // Made anew: iOS refuses a redirected response for a navigation.
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.set("content-length", String(body.byteLength));
  return new Response(body, { headers });
}

/** @param {ArrayBuffer} body */
async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Make a finished version the one that opens, unless a tab would notice. @param {string} locale @param {string} version */
async function activate(locale, version) {
  const before = await activeVersion(locale);
  if (before !== version && before && (await isAnyTabBusy())) return false;
  const notes = await caches.open(ACTIVE);
  const note = { locale, version };
  await notes.put(`/active/${locale}`, json(note));
  await notes.put("/active/last", json(note));
  if (before !== version) await forgetOlder(locale, [version, before ?? version]);
  return true;
}

/** Keep this version and the one before: open tabs may still ask for its files. @param {string} locale @param {string[]} kept */
async function forgetOlder(locale, kept) {
  const names = kept.map((version) => cacheName(locale, version));
  const pattern = new RegExp(`^pages-${locale}-[0-9a-f]+$`);
  for (const name of await caches.keys()) {
    if (pattern.test(name) && !names.includes(name)) await caches.delete(name);
  }
}
