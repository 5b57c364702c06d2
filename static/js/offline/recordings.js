// Recordings kept on this phone, in segments: a cut line or a closed page costs at most one.
import { json } from "./json.js";

/**
 * @typedef {object} Wanted a recording to keep
 * @property {string} url /media/<locale>/<file>
 * @property {string} [captionsUrl]
 * @property {string} sha256 hexadecimal
 * @property {number} size bytes
 * @property {string} title
 * @property {string} slug
 * @property {string} locale
 * @property {string} version
 * @property {string} voice
 *
 * @typedef {Omit<Wanted, "url"> & {path: string, type: string, etag: string, complete: boolean}} Note
 * @typedef {{state: "none" | "partial" | "saved", bytes: number, size: number}} State
 * @typedef {{bytes: number, size: number}} Progress
 */

export const CACHE = "saved-recordings";
export const SEGMENT = 1024 * 1024;
/** Tries without a single new segment before giving up; the waits double from half a second. */
const TRIES = 5;

/** The phone has no room for more; what came so far stays. */
export class StorageFullError extends Error {
  name = "StorageFullError";
}

/** All of it came, but it isn't what the service published; nothing of it was kept. */
export class DamagedError extends Error {
  name = "DamagedError";
}

/** "/media/en/a.mp3" -> "/saved/en/a.mp3", which the worker answers. @param {string} url */
export function savedAddress(url) {
  return url.replace(/^\/media\//, "/saved/");
}

/** @param {string} url @returns {Promise<State>} */
export async function savedState(url) {
  const path = savedAddress(url);
  const note = await noteOf(path);
  if (!note) return { state: "none", bytes: 0, size: 0 };
  if (note.complete) return { state: "saved", bytes: note.size, size: note.size };
  const here = await segmentsHere(path);
  return { state: "partial", bytes: bytesOf(here, note.size), size: note.size };
}

/** Every recording that is here, whole or in part. */
export async function listSaved() {
  const cache = await caches.open(CACHE);
  const keys = await cache.keys();
  const paths = keys.map((request) => new URL(request.url).pathname);
  const notes = await Promise.all(paths.filter((path) => path.endsWith(".mp3")).map(noteOf));
  return notes.filter((note) => note !== null);
}

/**
 * Save a recording, going on where an earlier try stopped.
 * Raises StorageFullError, DamagedError, or the network's error when it stays away; an abort by
 * `signal` raises AbortError. What came so far stays in each case but DamagedError.
 * @param {Wanted} wanted
 * @param {{onProgress?: (progress: Progress) => void, signal?: AbortSignal}} [options]
 */
export async function saveRecording(wanted, { onProgress, signal } = {}) {
  // The first thing worth keeping: ask the browser not to clear it away.
  await navigator.storage?.persist?.();
  const work = () => save(wanted, onProgress ?? (() => {}), signal);
  const name = `hearth-save-${savedAddress(wanted.url)}`;
  await (navigator.locks ? navigator.locks.request(name, { signal }, work) : work());
}

/** @param {string} url */
export async function removeRecording(url) {
  const path = savedAddress(url);
  const captions = (await noteOf(path))?.captionsUrl;
  await forget(path);
  if (captions) await forget(savedAddress(captions));
}

/**
 * Look for parts that the browser cleared away; those recordings count as partly saved again.
 * @returns {Promise<{missing: number, notes: Note[]}>} `missing` counts segments
 */
export async function checkSaved() {
  const damaged = [];
  let missing = 0;
  for (const note of await listSaved()) {
    const here = await segmentsHere(note.path);
    const lost = Math.ceil(note.size / SEGMENT) - here.size;
    if (lost > 0 && note.complete) {
      missing += lost;
      damaged.push(note);
      await keepNote({ ...note, complete: false });
    }
  }
  return { missing, notes: damaged };
}

/** @param {Wanted} wanted @param {(progress: Progress) => void} onProgress @param {AbortSignal} [signal] */
async function save(wanted, onProgress, signal) {
  const { url, ...facts } = wanted;
  const path = savedAddress(url);
  let note = await noteOf(path);
  if (note?.complete && note.sha256 === wanted.sha256) return;
  if (note && note.sha256 !== wanted.sha256) {
    await forget(path);
    note = null;
  }
  note ??= { ...facts, path, type: "audio/mpeg", etag: "", complete: false };
  await keepNote(note);
  let failures = 0;
  for (;;) {
    const here = await segmentsHere(path);
    const bytes = bytesOf(here, note.size);
    onProgress({ bytes, size: note.size });
    const index = firstMissing(here, note.size);
    if (index === null) break;
    try {
      note = await fetchSegment(url, note, index, signal);
      failures = 0;
    } catch (error) {
      if (signal?.aborted || error instanceof StorageFullError) throw error;
      if (++failures >= TRIES) throw error;
      await pause(failures, signal);
    }
  }
  await verify(note);
  if (wanted.captionsUrl) await saveCaptions(wanted.captionsUrl, signal);
  await keepNote({ ...note, complete: true });
}

/**
 * Fetch one segment and keep it; gives the note, with the file's ETag once that is known.
 * @param {string} url @param {Note} note @param {number} index @param {AbortSignal} [signal]
 */
async function fetchSegment(url, note, index, signal) {
  const first = index * SEGMENT;
  const last = Math.min(first + SEGMENT, note.size) - 1;
  /** @type {Record<string, string>} */
  const headers = { Range: `bytes=${first}-${last}` };
  if (note.etag) headers["If-Range"] = note.etag;
  const response = await fetch(url, { headers, signal, cache: "no-store", credentials: "omit" });
  if (response.status === 404) throw new DamagedError(url);
  if (response.status !== 206 || !isPart(response, first, last, note)) {
    // Another file stands at the address now: what came of the old one is of no use.
    await response.body?.cancel();
    await forgetSegments(note.path);
    if (response.status === 200 || response.status === 206) {
      throw new DamagedError(`${url} has changed on the server`);
    }
    throw new Error(`${url}: ${response.status}`);
  }
  const body = await response.arrayBuffer();
  if (body.byteLength !== last - first + 1) throw new TypeError("the connection was cut");
  const type = response.headers.get("content-type") ?? note.type;
  const etag = response.headers.get("etag") ?? "";
  await put(`${note.path}/${index}`, new Response(body, { headers: { "content-type": type } }));
  const known = { ...note, type, etag };
  if (known.etag !== note.etag || known.type !== note.type) await keepNote(known);
  return known;
}

/** @param {Response} response @param {number} first @param {number} last @param {Note} note */
function isPart(response, first, last, note) {
  const same = !note.etag || response.headers.get("etag") === note.etag;
  return same && response.headers.get("content-range") === `bytes ${first}-${last}/${note.size}`;
}

/** Compare the sum of all that came with what the service published. @param {Note} note */
async function verify(note) {
  // Segment by segment: WebCrypto would need the whole recording in memory at once.
  const { sha256 } = await import("@noble/hashes/sha2.js");
  const sum = sha256.create();
  const cache = await caches.open(CACHE);
  for (let index = 0; index * SEGMENT < note.size; index++) {
    const part = await cache.match(`${note.path}/${index}`);
    if (part) sum.update(new Uint8Array(await part.arrayBuffer()));
  }
  const hex = Array.from(sum.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex === note.sha256) return;
  await forget(note.path);
  throw new DamagedError(note.path);
}

/** Captions are small: one piece, answered by the worker like a recording. @param {string} url @param {AbortSignal} [signal] */
async function saveCaptions(url, signal) {
  const response = await fetch(url, { signal, cache: "no-store", credentials: "omit" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const body = await response.arrayBuffer();
  const path = savedAddress(url);
  const type = response.headers.get("content-type") ?? "text/vtt; charset=utf-8";
  const etag = response.headers.get("etag") ?? "";
  await put(`${path}/0`, new Response(body));
  await put(path, json({ path, size: body.byteLength, type, etag, complete: true }));
}

/** Wait before another try, longer each time; a network that comes back ends the wait. @param {number} failures @param {AbortSignal} [signal] */
function pause(failures, signal) {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      removeEventListener("online", settle);
      if (signal?.aborted) reject(signal.reason);
      else resolve(undefined);
    };
    const timer = setTimeout(settle, 250 * 2 ** failures * (0.75 + Math.random() / 2));
    addEventListener("online", settle, { once: true });
    signal?.addEventListener("abort", settle, { once: true });
  });
}

/** @param {string} path @returns {Promise<Note | null>} */
async function noteOf(path) {
  if (!(await caches.has(CACHE))) return null;
  const note = await caches.match(path, { cacheName: CACHE });
  return note ? note.json() : null;
}

/** @param {Note} note */
function keepNote(note) {
  return put(note.path, json(note));
}

/** @param {string} path @param {Response} response */
async function put(path, response) {
  try {
    await (await caches.open(CACHE)).put(path, response);
  } catch (error) {
    if (error instanceof DOMException && error.name === "QuotaExceededError") {
      throw new StorageFullError(path);
    }
    throw error;
  }
}

/** The numbers of the segments that are here. @param {string} path @returns {Promise<Set<number>>} */
async function segmentsHere(path) {
  const cache = await caches.open(CACHE);
  const numbers = (await cache.keys())
    .map((request) => new URL(request.url).pathname)
    .filter((each) => each.startsWith(`${path}/`))
    .map((each) => Number(each.slice(path.length + 1)));
  return new Set(numbers);
}

/** @param {Set<number>} here @param {number} size */
function firstMissing(here, size) {
  for (let index = 0; index * SEGMENT < size; index++) if (!here.has(index)) return index;
  return null;
}

/** @param {Set<number>} here @param {number} size bytes of the whole */
function bytesOf(here, size) {
  let sum = 0;
  for (const index of here) sum += Math.min(SEGMENT, size - index * SEGMENT);
  return sum;
}

/** @param {string} path */
async function forgetSegments(path) {
  const cache = await caches.open(CACHE);
  for (const index of await segmentsHere(path)) await cache.delete(`${path}/${index}`);
}

/** @param {string} path */
async function forget(path) {
  await forgetSegments(path);
  await (await caches.open(CACHE)).delete(path);
}
