// The cache of saved recordings: a note for each, and its segments. The worker reads the same.
import { isFull, StorageFullError } from "./full.js";
import { json } from "./json.js";

/**
 * @typedef {object} Note what is noted of a recording that is here, whole or in part
 * @property {string} path /saved/<locale>/<file>
 * @property {number} size bytes of the whole
 * @property {string} sha256 hexadecimal, as the server told it
 * @property {string} asked the sum that the page knew when it was saved
 * @property {string} type
 * @property {string} etag
 * @property {boolean} complete all of it is here, and its sum is right
 * @property {boolean} going it was being saved; nobody paused it and nothing failed
 * @property {string} [captionsUrl]
 * @property {string} title
 * @property {string} slug
 * @property {string} locale
 * @property {string} version
 * @property {string} voice
 * @property {string} [voiceName] as it is written for people
 */

const CACHE = "saved-recordings";

/** "/media/en/a.mp3" -> "/saved/en/a.mp3", which the worker answers. @param {string} url */
export function savedAddress(url) {
  return url.replace(/^\/media\//, "/saved/");
}

/** Whether anything was ever saved. */
export function isAnythingKept() {
  return caches.has(CACHE);
}

/** @param {string} path @returns {Promise<Note | null>} */
export async function noteOf(path) {
  const note = await caches.match(path, { cacheName: CACHE });
  return note ? note.json() : null;
}

/** @param {Note} note */
export async function keepNote(note) {
  await put(note.path, json(note));
  return note;
}

/**
 * Every recording that is here, whole or in part, with the numbers of its segments.
 * @returns {Promise<{note: Note, here: Set<number>}[]>}
 */
export async function everything() {
  const paths = await allPaths();
  const found = await Promise.all(paths.filter((path) => path.endsWith(".mp3")).map(noteOf));
  return found
    .filter((note) => note !== null)
    .map((note) => ({ note, here: numbers(paths, note.path) }));
}

/** The numbers of the segments that are here. @param {string} path @returns {Promise<Set<number>>} */
export async function segmentsHere(path) {
  return numbers(await allPaths(), path);
}

/** @param {string[]} paths @param {string} path */
function numbers(paths, path) {
  const segments = paths.filter((each) => each.startsWith(`${path}/`));
  return new Set(segments.map((each) => Number(each.slice(path.length + 1))));
}

/** @param {string} path @param {number} index @returns {Promise<ArrayBuffer | null>} */
export async function segment(path, index) {
  const found = await caches.match(`${path}/${index}`, { cacheName: CACHE });
  return found ? found.arrayBuffer() : null;
}

/** @param {string} path @param {number} index @param {ArrayBuffer} bytes @param {string} type */
export function keepSegment(path, index, bytes, type) {
  return put(`${path}/${index}`, new Response(bytes, { headers: { "content-type": type } }));
}

/** @param {string} path */
export async function forgetSegments(path) {
  const cache = await caches.open(CACHE);
  for (const index of await segmentsHere(path)) await cache.delete(`${path}/${index}`);
}

/** @param {string} path */
export async function forget(path) {
  // The note goes first: segments without a note count as nothing, a note without them as damaged.
  await (await caches.open(CACHE)).delete(path);
  await forgetSegments(path);
}

/** Captions are small: one segment, answered by the worker like a recording. @param {string} path @param {Response} response */
export async function keepCaptions(path, response) {
  const body = await response.arrayBuffer();
  const type = response.headers.get("content-type") ?? "text/vtt; charset=utf-8";
  const etag = response.headers.get("etag") ?? "";
  await keepSegment(path, 0, body, type);
  await put(path, json({ path, size: body.byteLength, type, etag, complete: true }));
}

/** @param {string} path @param {Response} response */
async function put(path, response) {
  try {
    await (await caches.open(CACHE)).put(path, response);
  } catch (error) {
    throw isFull(error) ? new StorageFullError(path) : error;
  }
}

async function allPaths() {
  // Looking must not make the cache: whether it is there tells whether anything was ever saved.
  if (!(await isAnythingKept())) return [];
  const keys = await (await caches.open(CACHE)).keys();
  return keys.map((request) => new URL(request.url).pathname);
}
