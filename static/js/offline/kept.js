// The cache of saved recordings: a note for each, and its segments. The worker reads the same.
//
//   /saved/en/a.mp3               the note of what plays, or of what is being saved first
//   /saved/en/a.mp3/next          the note of a newer one that is coming in beside it
//   <place>/<n>                   the nth segment; a note's place is its own path, or a folder under it
import { isFull, StorageFullError } from "./full.js";
import { json } from "./json.js";

/**
 * @typedef {object} Note what is noted of a recording that is here, whole or in part
 * @property {string} path /saved/<locale>/<file>
 * @property {string} [place] where its segments are, if not under its path
 * @property {number} size bytes of the whole
 * @property {string} sha256 hexadecimal, as the server told it
 * @property {string} asked the sum that the page knew when it was saved
 * @property {(string | null)[]} [sums] SHA-256 of each segment that came, hexadecimal
 * @property {string} type
 * @property {string} etag
 * @property {boolean} complete all of it came, and its sum was right
 * @property {boolean} [whole] the same of a newer one, which still waits to take the older one's place
 * @property {boolean} going it was being saved; nobody paused it and nothing failed
 * @property {number} [checked] when it was last looked through, in ms since 1970
 * @property {string} [captionsUrl]
 * @property {CaptionsNote} [captions] of a newer one, to come in together with it
 * @property {string} title
 * @property {string} slug
 * @property {string} locale
 * @property {string} version
 * @property {string} voice
 * @property {string} [voiceName] as it is written for people
 *
 * @typedef {object} CaptionsNote
 * @property {string} path
 * @property {string} [place]
 * @property {number} size
 * @property {string} type
 * @property {string} etag
 * @property {boolean} complete
 */

const CACHE = "saved-recordings";

/** "/media/en/a.mp3" -> "/saved/en/a.mp3", which the worker answers. @param {string} url */
export function savedAddress(url) {
  return url.replace(/^\/media\//, "/saved/");
}

/** Where the newer of a recording is noted while the older one plays. @param {string} path */
export function nextOf(path) {
  return `${path}/next`;
}

/** @param {{path: string, place?: string}} note */
export function placeOf({ path, place = path }) {
  return place;
}

/** Whether anything was ever saved. */
export function isAnythingKept() {
  return caches.has(CACHE);
}

/** @param {string} key a path, or nextOf(path) @returns {Promise<Note | null>} */
export async function noteOf(key) {
  const note = await caches.match(key, { cacheName: CACHE });
  return note ? note.json() : null;
}

/** @template {Note | CaptionsNote} T @param {T} note @param {string} [key] */
export async function keepNote(note, key = note.path) {
  await put(key, json(note));
  return note;
}

/**
 * Every recording that is here, whole or in part, with the numbers of its segments.
 * @returns {Promise<{note: Note, here: Set<number>, next: Note | null, nextHere: Set<number>}[]>}
 */
export async function everything() {
  const paths = await allPaths();
  const all = new Set(paths);
  const found = await Promise.all(
    paths
      .filter((path) => path.endsWith(".mp3"))
      .map(async (path) => {
        const note = await noteOf(path);
        const next = all.has(nextOf(path)) ? await noteOf(nextOf(path)) : null;
        return note && { note, here: numbers(paths, note), next, nextHere: numbers(paths, next) };
      }),
  );
  return found.filter((one) => one !== null);
}

/** Recordings beside which a newer one is, whole or in part. */
export async function pathsWithNext() {
  const paths = await allPaths();
  return paths.filter((path) => path.endsWith("/next")).map((path) => path.slice(0, -5));
}

/** The numbers of the segments that are here. @param {{path: string, place?: string}} note @returns {Promise<Set<number>>} */
export async function segmentsHere(note) {
  return numbers(await allPaths(), note);
}

/** @param {string[]} paths @param {{path: string, place?: string} | null} note */
function numbers(paths, note) {
  if (!note) return new Set();
  const start = `${placeOf(note)}/`;
  const names = paths
    .filter((path) => path.startsWith(start))
    .map((path) => path.slice(start.length));
  return new Set(names.filter((name) => /^\d+$/.test(name)).map(Number));
}

/** @param {{path: string, place?: string}} note @param {number} index @returns {Promise<ArrayBuffer | null>} */
export async function segment(note, index) {
  const found = await caches.match(`${placeOf(note)}/${index}`, { cacheName: CACHE });
  return found ? found.arrayBuffer() : null;
}

/** @param {{path: string, place?: string, type: string}} note @param {number} index @param {ArrayBuffer} bytes */
export function keepSegment(note, index, bytes) {
  const headers = { "content-type": note.type };
  return put(`${placeOf(note)}/${index}`, new Response(bytes, { headers }));
}

/** @param {{path: string, place?: string}} note @param {number} index */
export async function forgetSegment(note, index) {
  await (await caches.open(CACHE)).delete(`${placeOf(note)}/${index}`);
}

/** @param {{path: string, place?: string}} note */
export async function forgetSegments(note) {
  const cache = await caches.open(CACHE);
  for (const index of await segmentsHere(note)) await cache.delete(`${placeOf(note)}/${index}`);
}

/** A newer one that was coming in; what plays stays. @param {string} path */
export async function forgetNext(path) {
  const next = await noteOf(nextOf(path));
  if (!next) return;
  await (await caches.open(CACHE)).delete(nextOf(path));
  await forgetSegments(next);
  if (next.captions) await forgetSegments(next.captions);
}

/** All that is kept under a path. @param {string} path */
export async function forget(path) {
  // The note goes first: segments without a note count as nothing, a note without them as damaged.
  const cache = await caches.open(CACHE);
  await cache.delete(path);
  for (const other of await allPaths()) {
    if (other.startsWith(`${path}/`)) await cache.delete(other);
  }
}

/**
 * Keep captions, which are small: one segment. Their note is given back, not kept yet.
 * @param {string} path @param {string | undefined} place @param {Response} response
 * @returns {Promise<CaptionsNote>}
 */
export async function keepCaptions(path, place, response) {
  const body = await response.arrayBuffer();
  const type = response.headers.get("content-type") ?? "text/vtt; charset=utf-8";
  const etag = response.headers.get("etag") ?? "";
  const note = { path, place, size: body.byteLength, type, etag, complete: true };
  await keepSegment(note, 0, body);
  return note;
}

/** Whether captions are here, all of them. @param {string} path */
export async function areCaptionsHere(path) {
  const note = await noteOf(path);
  return note !== null && (await segmentsHere(note)).has(0);
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
