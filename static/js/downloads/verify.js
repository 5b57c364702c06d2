// Checks the saved recordings for segments that the browser evicted and for segments whose bytes have
// changed. Needs no network. A damaged segment is deleted, so it counts as missing and only that segment
// is fetched again.
import * as store from "./store.js";
import { segmentCount, spanOf } from "./segments.js";
import { RunningSum, sumOf } from "./checksums.js";

/** @typedef {import("./store.js").Note} Note */

/**
 * @typedef {object} Checked the result of a check
 * @property {number} recordings how many were checked
 * @property {number} bytes how many are missing or were damaged
 * @property {string[]} paths of the recordings that are incomplete now
 */

/**
 * Check every recording that was saved completely. To continue an interrupted check, call this again
 * with the same `since`: the segments of recordings that it has already checked aren't read again.
 * @param {object} options
 * @param {number} options.since when the check began, in ms since 1970
 * @param {(done: number, total: number) => void} [options.onProgress] called with numbers of recordings
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<Checked>}
 */
export async function checkSaved({ since, onProgress, signal }) {
  const recordings = (await store.everything()).filter(({ note }) => note.complete);
  /** @type {Checked} */
  const result = { recordings: recordings.length, bytes: 0, paths: [] };
  let done = 0;
  for (const { note, here } of recordings) {
    onProgress?.(done++, recordings.length);
    signal?.throwIfAborted();
    const isChecked = note.checked !== undefined && note.checked >= since;
    const lost = isChecked ? missing(note, here) : await check(note, here, signal);
    if (!lost) continue;
    result.bytes += lost;
    result.paths.push(note.path);
  }
  onProgress?.(done, recordings.length);
  return result;
}

/**
 * Check one recording. Its lock prevents any tab from saving it meanwhile.
 * @param {Note} note
 * @param {Set<number>} here indexes of the segments in the cache
 * @param {AbortSignal} [signal]
 * @returns {Promise<number>} bytes that are missing
 */
async function check(note, here, signal) {
  return navigator.locks.request(`hearth-save-${note.path}`, { signal }, async () => {
    const fresh = await store.noteOf(note.path);
    // It was removed, or its save began again, while others were checked.
    if (!fresh?.complete || fresh.sha256 !== note.sha256) return 0;
    if (isSummed(fresh)) await dropDamaged(fresh, here, signal);
    else await sumUp(fresh, here);
    await dropCaptionsNote(fresh);
    await store.putNote({ ...fresh, checked: Date.now() });
    return missing(fresh, await store.segmentsHere(fresh));
  });
}

/**
 * Return whether the digest of every segment is known.
 * @param {Note} note
 */
function isSummed({ sums = [], size }) {
  return Array.from({ length: segmentCount(size) }, (_, index) => sums[index]).every(Boolean);
}

/**
 * Delete the segments whose digest is wrong.
 * @param {Note} note
 * @param {Set<number>} here
 * @param {AbortSignal} [signal]
 */
async function dropDamaged(note, here, signal) {
  for (const index of here) {
    signal?.throwIfAborted();
    const bytes = await store.segment(note, index);
    const isRight = bytes && (await sumOf(bytes)) === note.sums?.[index];
    if (bytes && !isRight) await store.forgetSegment(note, index);
  }
}

/**
 * Check a recording that was saved before notes held the digests of segments. Add the digests to the
 * note; if the digest of the whole is wrong, delete all segments.
 * @param {Note} note
 * @param {Set<number>} here
 */
async function sumUp(note, here) {
  if (missing(note, here)) return;
  const sum = await new RunningSum({ ...note, sums: [] }).end(note);
  if (sum === note.sha256) return;
  note.sums = [];
  await store.forgetSegments(note);
}

/**
 * Delete the note of captions that are missing. They are fetched again with the recording.
 * @param {Note} note
 */
async function dropCaptionsNote({ captionsUrl }) {
  if (!captionsUrl) return;
  const path = store.savedAddress(captionsUrl);
  if (!(await store.areCaptionsHere(path))) await store.forget(path);
}

/**
 * Count the bytes that are missing.
 * @param {Note} note
 * @param {Set<number>} here
 */
function missing({ size }, here) {
  let bytes = 0;
  for (let index = 0; index < segmentCount(size); index++) {
    const { first, last } = spanOf(index, size);
    if (!here.has(index)) bytes += last - first + 1;
  }
  return bytes;
}
