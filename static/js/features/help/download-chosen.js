// "Keep these on this phone", on the help page: saves the recordings one after another, also while the reader visits
// other pages of the app. If the app is closed before the end, saving continues when the help page is opened again.
import { keptLibrary, newestLibrary } from "../../downloads/library.js";
import { recall, remember } from "../../platform/storage.js";
import { listSaved, saveRecording } from "../../downloads/recordings.js";
import { recall as recallListening } from "../../audio/preferences.js";

/** @import { File, Recording } from "../../downloads/library.js" */
/** @import { Progress } from "../../downloads/recordings.js" */

/** @typedef {Recording & {file: File}} Wanted */
/** @typedef {{done: number, size: number, isWaiting?: boolean}} Amount bytes; `isWaiting` for a connection */

const UNFINISHED = "keep-chosen";

/** Stops the saving in progress, which continues on every page. @type {AbortController | null} */
let running = null;
/** @type {Amount} */
let amount = { done: 0, size: 0 };
/** @type {unknown} the error that stopped the last saving */
let problem;

const announce = () => document.dispatchEvent(new CustomEvent("keeping-chosen"));

/** Return whether saving has begun, and has neither completed, failed nor been stopped. */
export const isUnfinished = () => recall(UNFINISHED) !== null;

/** Return how far saving is. */
export const state = () => ({ isGoing: running !== null, ...amount, problem });

/** Return the recordings with the file to save: the short version, in the last chosen voice. @param {string[]} slugs */
export async function wantedFor(slugs) {
  const { recordings } = (await keptLibrary()) ?? (await newestLibrary());
  const voice = recallListening().voice ?? "";
  return slugs.flatMap((slug) => {
    const recording = recordings.find((candidate) => candidate.slug === slug);
    const file = recording && choose(recording.files, voice);
    return file ? [{ ...recording, file }] : [];
  });
}

/**
 * Return the file to save: in the short version and in this voice, if there are such files.
 * @param {File[]} files
 * @param {string} voice "george", or "en/george" with its language
 * @returns {File | undefined}
 */
export function choose(files, voice) {
  const short = files.filter(({ version }) => version === "short");
  const candidates = short.length ? short : files;
  const preferred = candidates.find((file) =>
    [file.voice, `${file.locale}/${file.voice}`].includes(voice),
  );
  return preferred ?? candidates[0];
}

/** Return the slugs of the recordings that are completely saved, in the wanted version. @param {Wanted[]} wanted */
export async function keptOf(wanted) {
  if (!("caches" in globalThis) || !(await caches.has("saved-recordings"))) return new Set();
  const saved = (await listSaved()).filter((recording) => recording.state === "saved");
  const isKept = (/** @type {Wanted} */ { slug, file }) =>
    saved.some((recording) => recording.slug === slug && recording.version === file.version);
  return new Set(wanted.filter(isKept).map(({ slug }) => slug));
}

/**
 * Save recordings, one after another. Do nothing while another call is still saving. If saving fails, `state` has the
 * error.
 * @param {Wanted[]} wanted the recordings that aren't saved yet
 */
export async function keep(wanted) {
  if (running) return;
  const controller = new AbortController();
  running = controller;
  remember(UNFINISHED, "1");
  const size = wanted.reduce((sum, { file }) => sum + file.bytes, 0);
  let savedBytes = 0;
  problem = undefined;
  amount = { done: 0, size };
  announce();
  try {
    for (const { slug, title, file } of wanted) {
      const { address: url, captions: captionsUrl, bytes, ...about } = file;
      const onProgress = (/** @type {Progress} */ { bytes: arrived, waiting }) => {
        amount = { done: Math.min(size, savedBytes + arrived), size, isWaiting: waiting === true };
        announce();
      };
      const recording = { ...about, url, captionsUrl, size: bytes, title, slug };
      await saveRecording(recording, { signal: controller.signal, onProgress });
      savedBytes += bytes;
      document.dispatchEvent(new CustomEvent("recording-kept"));
    }
  } catch (error) {
    if (!controller.signal.aborted) problem = error;
  } finally {
    running = null;
    remember(UNFINISHED, null);
    announce();
  }
}

export function stop() {
  running?.abort();
}
