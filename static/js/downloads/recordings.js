// Lists, saves and removes the recordings on this phone.
import { bytesOf } from "./segments.js";
import * as store from "./store.js";

export { savedAddress } from "./store.js";

/** @typedef {import("./store.js").Note} Note */

/**
 * @typedef {object} Wanted a recording to save, as the page describes it
 * @property {string} url /media/<locale>/<file>
 * @property {string} [captionsUrl]
 * @property {string} sha256 hexadecimal
 * @property {number} size bytes
 * @property {string} title
 * @property {string} slug
 * @property {string} locale
 * @property {string} version
 * @property {string} voice
 * @property {string} [voiceName] as it is shown to the user
 *
 * @typedef {object} Progress
 * @property {number} bytes
 * @property {number} size
 * @property {boolean} [waiting] there is no network; saving continues when it returns
 *
 * @typedef {object} State
 * @property {"none" | "partial" | "saved"} state
 * @property {number} bytes saved so far
 * @property {number} size of the whole file
 * @property {boolean} lost it was complete once, and part of it is missing now
 * @property {boolean} replaced the page knows another SHA-256 for this address
 * @property {{bytes: number, size: number} | null} newer how much of a newer version is saved; the older one plays
 */

/** Wait this long for another tab to stop saving a recording before it is removed. In ms. */
const LONGEST_STOP = 5_000;

/** @type {State} */
const NOTHING = {
  state: "none",
  bytes: 0,
  size: 0,
  lost: false,
  replaced: false,
  newer: null,
};

/**
 * Return how much of a recording is saved. If the browser has evicted part of it, it is "partial".
 * @param {string} url /media/… or /saved/…
 * @param {string} [sha256] known to the page; leave it out to skip the comparison
 * @returns {Promise<State>}
 */
export async function savedState(url, sha256) {
  const path = store.savedAddress(url);
  const note = await store.noteOf(path);
  if (!note) return NOTHING;
  const next = note.complete ? await store.noteOf(store.nextOf(path)) : null;
  const nextHere = next ? await store.segmentsHere(next) : new Set();
  return stateOf({ note, here: await store.segmentsHere(note), next, nextHere }, sha256);
}

/**
 * @param {Awaited<ReturnType<typeof store.everything>>[number]} stored
 * @param {string} [sha256]
 * @returns {State}
 */
function stateOf({ note, here, next, nextHere }, sha256) {
  const { size, complete } = note;
  const bytes = bytesOf(here, size);
  const isWhole = complete && bytes === size;
  const isKnown = [note.sha256, note.asked, next?.whole && next.sha256].includes(sha256);
  return {
    state: isWhole ? "saved" : "partial",
    bytes,
    size,
    lost: complete && !isWhole,
    replaced: sha256 !== undefined && !isKnown,
    newer: next && !next.whole ? { bytes: bytesOf(nextHere, next.size), size: next.size } : null,
  };
}

/**
 * Return every recording that is saved, completely or in part.
 * @param {(url: string) => string | undefined} [sumOf] returns the known SHA-256 of a /media/… address, to compare
 */
export async function listSaved(sumOf) {
  const recordings = await store.everything();
  return recordings.map((stored) => {
    const url = stored.note.path.replace(/^\/saved\//, "/media/");
    return { ...stored.note, url, ...stateOf(stored, sumOf?.(url)) };
  });
}

/**
 * Save a recording, or continue an earlier save. If the page is older than the file on the server, the
 * server's file is saved: the responses give its size and SHA-256. If an older version is saved, it plays
 * until the newer one is complete and its SHA-256 is right.
 * Throws StorageFullError, GoneError, RefusedError, DamagedError, ReplacedError (the file on the server keeps
 * changing), or the last network error after too many failures. An abort throws the signal's reason.
 * The segments that have arrived stay, except after DamagedError.
 * @param {Wanted} wanted
 * @param {{onProgress?: (progress: Progress) => void, signal?: AbortSignal}} [options]
 */
export async function saveRecording(wanted, { onProgress = () => {}, signal } = {}) {
  // Ask for persistent storage at the first save. Don't await the answer: some browsers ask the user.
  if (!(await store.isAnythingSaved())) navigator.storage?.persist?.().catch(() => {});
  const path = store.savedAddress(wanted.url);
  await navigator.locks.request(lockOf(path), { signal }, async () => {
    const { save } = await import("./download.js");
    await save(wanted, path, onProgress, signal);
  });
}

/**
 * Delete a recording and its captions from this phone. If it is being saved, stop that first: what is being stored at
 * this moment would come back.
 * @param {string} url
 */
export async function removeRecording(url) {
  const path = store.savedAddress(url);
  const forget = async () => {
    const captions = (await store.noteOf(path))?.captionsUrl;
    await store.forget(path);
    if (captions) await store.forget(store.savedAddress(captions));
  };
  try {
    const signal = AbortSignal.timeout(LONGEST_STOP);
    await navigator.locks.request(lockOf(path), { signal }, forget);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // A tab that the phone has frozen may hold the lock for ever.
    await forget();
  }
}

/** Return the name of the lock that a tab holds while it saves a recording. @param {string} path */
const lockOf = (path) => `hearth-save-${path}`;
