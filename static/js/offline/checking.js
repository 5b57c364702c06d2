// Looks through what is saved: what the browser cleared away, and what changed by itself. Needs no
// network. What is found damaged goes, so that it counts as missing and is fetched alone.
import * as kept from "./kept.js";
import { segmentCount, spanOf } from "./segments.js";
import { RunningSum, sumOf } from "./sums.js";

/** @typedef {import("./kept.js").Note} Note */

/**
 * @typedef {object} Checked
 * @property {number} recordings that were looked at
 * @property {number} bytes that are missing or were damaged
 * @property {string[]} paths of those that lack something now
 */

/**
 * Look through every recording that was saved whole. A check that is broken off goes on with those
 * that it hasn't reached, when it is called again with the same `since`.
 * @param {object} options
 * @param {number} options.since when the check began, in ms since 1970: what was looked at later is left out
 * @param {(done: number, total: number) => void} [options.onProgress] recordings
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<Checked>}
 */
export async function checkSaved({ since, onProgress, signal }) {
  const whole = (await kept.everything()).filter(({ note }) => note.complete);
  /** @type {Checked} */
  const found = { recordings: whole.length, bytes: 0, paths: [] };
  let done = 0;
  for (const { note, here } of whole) {
    onProgress?.(done++, whole.length);
    signal?.throwIfAborted();
    const isDone = note.checked !== undefined && note.checked >= since;
    const lost = isDone ? missing(note, here) : await look(note, here, signal);
    if (!lost) continue;
    found.bytes += lost;
    found.paths.push(note.path);
  }
  onProgress?.(done, whole.length);
  return found;
}

/** Look at one; nobody saves or removes it meanwhile. @param {Note} note @param {Set<number>} here @param {AbortSignal} [signal] @returns {Promise<number>} bytes that it lacks */
async function look(note, here, signal) {
  return navigator.locks.request(`hearth-save-${note.path}`, { signal }, async () => {
    const fresh = await kept.noteOf(note.path);
    // Removed, or begun anew, while others were looked at.
    if (!fresh?.complete || fresh.sha256 !== note.sha256) return 0;
    if (isSummed(fresh)) await dropDamaged(fresh, here, signal);
    else await sumUp(fresh, here);
    await dropCaptionsNote(fresh);
    await kept.keepNote({ ...fresh, checked: Date.now() });
    return missing(fresh, await kept.segmentsHere(fresh));
  });
}

/** @param {Note} note */
function isSummed({ sums = [], size }) {
  return Array.from({ length: segmentCount(size) }, (_, index) => sums[index]).every(Boolean);
}

/** @param {Note} note @param {Set<number>} here @param {AbortSignal} [signal] */
async function dropDamaged(note, here, signal) {
  for (const index of here) {
    signal?.throwIfAborted();
    const bytes = await kept.segment(note, index);
    const isRight = bytes && (await sumOf(bytes)) === note.sums?.[index];
    if (bytes && !isRight) await kept.forgetSegment(note, index);
  }
}

/** Saved before sums of segments were noted: they are learnt, or all of it goes. @param {Note} note @param {Set<number>} here */
async function sumUp(note, here) {
  if (missing(note, here)) return;
  const sum = await new RunningSum({ ...note, sums: [] }).end(note);
  if (sum === note.sha256) return;
  note.sums = [];
  await kept.forgetSegments(note);
}

/** A note without the words themselves: the words are fetched again with the recording. @param {Note} note */
async function dropCaptionsNote({ captionsUrl }) {
  if (!captionsUrl) return;
  const path = kept.savedAddress(captionsUrl);
  if (!(await kept.areCaptionsHere(path))) await kept.forget(path);
}

/** @param {Note} note @param {Set<number>} here */
function missing({ size }, here) {
  let bytes = 0;
  for (let index = 0; index < segmentCount(size); index++) {
    const { first, last } = spanOf(index, size);
    if (!here.has(index)) bytes += last - first + 1;
  }
  return bytes;
}
