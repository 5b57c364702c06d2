// Reads and writes the cache of saved recordings, which the service worker reads too. For each recording
// it holds a note (JSON metadata) and segments of the audio. Captions are stored in the same way, as one
// segment. The cache keys are:
//
//   /saved/en/a.mp3               the note of the version that plays, or of the first version while it is being saved
//   /saved/en/a.mp3/next          the note of a newer version that is being saved beside it
//   <place>/<n>                   the segment with index n; the place is the note's path, or a folder under it
import { writeError } from "../platform/errors.js";
import { json } from "./json.js";

/**
 * @typedef {object} Note the metadata of a recording that is saved, completely or in part
 * @property {string} path /saved/<locale>/<file>
 * @property {string} [place] where its segments are, if not under its path
 * @property {number} size bytes of the whole file
 * @property {string} sha256 hexadecimal, as the server reports it
 * @property {string} asked the SHA-256 that the page knew when it was saved
 * @property {(string | null)[]} [sums] SHA-256 of each segment that has arrived, hexadecimal
 * @property {string} type
 * @property {string} etag
 * @property {boolean} complete all of it arrived, and its SHA-256 was right
 * @property {boolean} [whole] the same for a newer version that has not replaced the older one yet
 * @property {number} [checked] when its segments were last checked, in ms since 1970
 * @property {string} [captionsUrl]
 * @property {CaptionsNote} [captions] of a newer version: stored as their own note when it takes over
 * @property {string} title
 * @property {string} slug
 * @property {string} locale
 * @property {string} version
 * @property {string} voice
 * @property {string} [voiceName] as it is shown to the user
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

/**
 * Turn a server address into the address that the service worker answers: "/media/en/a.mp3" into
 * "/saved/en/a.mp3".
 * @param {string} url
 */
export function savedAddress(url) {
  return url.replace(/^\/media\//, "/saved/");
}

/**
 * Return the key of the newer version's note while the older version plays.
 * @param {string} path
 */
export function nextOf(path) {
  return `${path}/next`;
}

/**
 * Return the folder that holds the segments.
 * @param {{path: string, place?: string}} note
 */
export function placeOf({ path, place = path }) {
  return place;
}

/** Return whether anything was ever saved. */
export function isAnythingSaved() {
  return caches.has(CACHE);
}

/**
 * @param {string} key a path, or nextOf(path)
 * @returns {Promise<Note | null>}
 */
export async function noteOf(key) {
  const note = await caches.match(key, { cacheName: CACHE });
  return note ? note.json() : null;
}

/**
 * @template {Note | CaptionsNote} T
 * @param {T} note
 * @param {string} [key]
 */
export async function putNote(note, key = note.path) {
  const write = () => put(key, json(note));
  await write().catch(async (error) => (await import("./reserve.js")).writeAgain(error, write));
  return note;
}

/**
 * Return every recording that is saved, completely or in part. `here` has the indexes of its segments;
 * `next` and `nextHere` are the same for a newer version.
 * @returns {Promise<{note: Note, here: Set<number>, next: Note | null, nextHere: Set<number>}[]>}
 */
export async function everything() {
  const paths = await allPaths();
  const allKeys = new Set(paths);
  const recordings = await Promise.all(
    paths
      .filter((path) => path.endsWith(".mp3"))
      .map(async (path) => {
        const note = await noteOf(path);
        const next = allKeys.has(nextOf(path)) ? await noteOf(nextOf(path)) : null;
        return (
          note && { note, here: indexesOf(paths, note), next, nextHere: indexesOf(paths, next) }
        );
      }),
  );
  return recordings.filter((recording) => recording !== null);
}

/** Return the paths of recordings with a newer version beside them, complete or in part. */
export async function pathsWithNext() {
  const paths = await allPaths();
  return paths.filter((path) => path.endsWith("/next")).map((path) => path.slice(0, -5));
}

/**
 * Return the indexes of the segments that are stored.
 * @param {{path: string, place?: string}} note
 * @returns {Promise<Set<number>>}
 */
export async function segmentsHere(note) {
  return indexesOf(await allPaths(), note);
}

/**
 * @param {string[]} paths of all cache entries
 * @param {{path: string, place?: string} | null} note
 */
function indexesOf(paths, note) {
  if (!note) return new Set();
  const start = `${placeOf(note)}/`;
  const names = paths
    .filter((path) => path.startsWith(start))
    .map((path) => path.slice(start.length));
  return new Set(names.filter((name) => /^\d+$/.test(name)).map(Number));
}

/**
 * Read a segment.
 * @param {{path: string, place?: string}} note
 * @param {number} index
 * @returns {Promise<ArrayBuffer | null>}
 */
export async function segment(note, index) {
  const stored = await caches.match(`${placeOf(note)}/${index}`, { cacheName: CACHE });
  return stored ? stored.arrayBuffer() : null;
}

/**
 * Store a segment.
 * @param {{path: string, place?: string, type: string}} note
 * @param {number} index
 * @param {ArrayBuffer} bytes
 */
export function putSegment(note, index, bytes) {
  const headers = { "content-type": note.type };
  return put(`${placeOf(note)}/${index}`, new Response(bytes, { headers }));
}

/**
 * Delete a segment.
 * @param {{path: string, place?: string}} note
 * @param {number} index
 */
export async function forgetSegment(note, index) {
  await (await caches.open(CACHE)).delete(`${placeOf(note)}/${index}`);
}

/**
 * Delete all segments of a note.
 * @param {{path: string, place?: string}} note
 */
export async function forgetSegments(note) {
  const cache = await caches.open(CACHE);
  for (const index of await segmentsHere(note)) await cache.delete(`${placeOf(note)}/${index}`);
}

/**
 * Delete a newer version that was being saved. The version that plays stays.
 * @param {string} path
 */
export async function forgetNext(path) {
  const next = await noteOf(nextOf(path));
  if (!next) return;
  await (await caches.open(CACHE)).delete(nextOf(path));
  await forgetSegments(next);
  if (next.captions) await forgetSegments(next.captions);
}

/**
 * Delete everything that is stored under a path.
 * @param {string} path
 */
export async function forget(path) {
  // Delete the note first. Segments without a note are ignored, but a note without segments counts as damaged.
  const cache = await caches.open(CACHE);
  await cache.delete(path);
  for (const other of await allPaths()) {
    if (other.startsWith(`${path}/`)) await cache.delete(other);
  }
}

/**
 * Store captions, which are small, as one segment. Return their note; the caller stores it.
 * @param {string} path
 * @param {string | undefined} place
 * @param {Response} response
 * @returns {Promise<CaptionsNote>}
 */
export async function putCaptions(path, place, response) {
  const body = await response.arrayBuffer();
  const type = response.headers.get("content-type") ?? "text/vtt; charset=utf-8";
  const etag = response.headers.get("etag") ?? "";
  const note = { path, place, size: body.byteLength, type, etag, complete: true };
  await putSegment(note, 0, body);
  return note;
}

/**
 * Return whether captions are stored completely.
 * @param {string} path
 */
export async function areCaptionsHere(path) {
  const note = await noteOf(path);
  return note !== null && (await segmentsHere(note)).has(0);
}

/**
 * @param {string} path
 * @param {Response} response
 */
async function put(path, response) {
  try {
    await (await caches.open(CACHE)).put(path, response);
  } catch (error) {
    throw writeError(error);
  }
}

async function allPaths() {
  // Opening would create the cache. It must not exist before something is saved: isAnythingSaved looks for it.
  if (!(await isAnythingSaved())) return [];
  const keys = await (await caches.open(CACHE)).keys();
  return keys.map((request) => new URL(request.url).pathname);
}
