// Recordings kept on this phone: what is here, save, remove.
import { bytesOf } from "./segments.js";
import * as kept from "./kept.js";

export { savedAddress } from "./kept.js";

/** @typedef {import("./kept.js").Note} Note */

/**
 * @typedef {object} Wanted a recording to keep, as the page describes it
 * @property {string} url /media/<locale>/<file>
 * @property {string} [captionsUrl]
 * @property {string} sha256 hexadecimal
 * @property {number} size bytes
 * @property {string} title
 * @property {string} slug
 * @property {string} locale
 * @property {string} version
 * @property {string} voice
 * @property {string} [voiceName] as it is written for people
 *
 * @typedef {object} Progress
 * @property {number} bytes
 * @property {number} size
 * @property {boolean} [waiting] there is no network; it goes on by itself
 *
 * @typedef {object} State
 * @property {"none" | "partial" | "saved"} state
 * @property {number} bytes here
 * @property {number} size of the whole
 * @property {boolean} going a page was closed while it was being saved
 * @property {boolean} lost all of it was here once, and the browser cleared part of it away
 * @property {boolean} replaced the page knows of another file at this address
 * @property {{bytes: number, size: number} | null} newer what came of a newer one; the older one plays
 */

/** @type {State} */
const NOTHING = {
  state: "none",
  bytes: 0,
  size: 0,
  going: false,
  lost: false,
  replaced: false,
  newer: null,
};

/**
 * What of a recording is here. The browser may have cleared parts away: then it is partly here.
 * @param {string} url /media/… or /saved/…
 * @param {string} [sha256] what the page knows; leave it out to ask for no comparison
 * @returns {Promise<State>}
 */
export async function savedState(url, sha256) {
  const path = kept.savedAddress(url);
  const note = await kept.noteOf(path);
  if (!note) return NOTHING;
  const next = note.complete ? await kept.noteOf(kept.nextOf(path)) : null;
  const nextHere = next ? await kept.segmentsHere(next) : new Set();
  return stateOf({ note, here: await kept.segmentsHere(note), next, nextHere }, sha256);
}

/**
 * @param {Awaited<ReturnType<typeof kept.everything>>[number]} found
 * @param {string} [sha256]
 * @returns {State}
 */
function stateOf({ note, here, next, nextHere }, sha256) {
  const { size, complete, going } = note;
  const bytes = bytesOf(here, size);
  const isWhole = complete && bytes === size;
  const isKnown = [note.sha256, note.asked, next?.whole && next.sha256].includes(sha256);
  return {
    state: isWhole ? "saved" : "partial",
    bytes,
    size,
    going: going || Boolean(next?.going),
    lost: complete && !isWhole,
    replaced: sha256 !== undefined && !isKnown,
    newer: next && !next.whole ? { bytes: bytesOf(nextHere, next.size), size: next.size } : null,
  };
}

/**
 * Every recording that is here, whole or in part.
 * @param {(url: string) => string | undefined} [sumOf] what is known of the one at /media/…, to compare
 */
export async function listSaved(sumOf) {
  const found = await kept.everything();
  return found.map((one) => {
    const url = one.note.path.replace(/^\/saved\//, "/media/");
    return { ...one.note, url, ...stateOf(one, sumOf?.(url)) };
  });
}

/**
 * Save a recording, going on where an earlier try stopped. What counts is the file that the server
 * has now, also when the page is older: its size and sum are in the answers. Where an older one is
 * here, it plays until the newer one is here whole and proved.
 * Raises StorageFullError, GoneError, RefusedError, DamagedError, or the network's error when it
 * stays away; an abort by `signal` raises its reason. What came so far stays in each case but
 * DamagedError.
 * @param {Wanted} wanted
 * @param {{onProgress?: (progress: Progress) => void, signal?: AbortSignal}} [options]
 */
export async function saveRecording(wanted, { onProgress = () => {}, signal } = {}) {
  // The first thing worth keeping. Not awaited: some browsers ask the reader.
  if (!(await kept.isAnythingKept())) navigator.storage?.persist?.().catch(() => {});
  const path = kept.savedAddress(wanted.url);
  await navigator.locks.request(`hearth-save-${path}`, { signal }, async () => {
    const { save } = await import("./saving.js");
    await save(wanted, path, onProgress, signal);
  });
}

/** @param {string} url */
export async function removeRecording(url) {
  const path = kept.savedAddress(url);
  const captions = (await kept.noteOf(path))?.captionsUrl;
  await kept.forget(path);
  if (captions) await kept.forget(kept.savedAddress(captions));
}
