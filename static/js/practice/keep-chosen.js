// "Keep these on this phone", on the help page: saves them one after another, also while the reader goes on to other
// pages of the app. Closed before the end, it goes on when the help page is opened again.
import { keptLibrary, newestLibrary } from "../keeping/library.js";
import { recall, remember } from "../lib/memory.js";
import { listSaved, saveRecording } from "../offline/recordings.js";
import { recall as recallListening } from "../player/memory.js";

/** @import { File, Recording } from "../keeping/library.js" */
/** @import { Progress } from "../offline/recordings.js" */

/** @typedef {Recording & {file: File}} Wanted */
/** @typedef {{done: number, size: number, isWaiting?: boolean}} Amount bytes; whether it waits for a connection */

const UNFINISHED = "keep-chosen";

/** The one that goes on, whichever page shows it. @type {AbortController | null} */
let going = null;
/** @type {Amount} */
let amount = { done: 0, size: 0 };
/** @type {unknown} why the last one stopped */
let problem;

const tell = () => document.dispatchEvent(new CustomEvent("keeping-chosen"));

/** Whether somebody asked for it and neither stopped it nor has it all. */
export const isUnfinished = () => recall(UNFINISHED) !== null;

/** How far it is. */
export const state = () => ({ isGoing: going !== null, ...amount, problem });

/** What there is to save: the short version, in the voice that was listened to last. @param {string[]} slugs */
export async function wantedFor(slugs) {
  const { recordings } = (await keptLibrary()) ?? (await newestLibrary());
  const voice = recallListening().voice ?? "";
  return slugs.flatMap((slug) => {
    const found = recordings.find((one) => one.slug === slug);
    const file = found && choose(found.files, voice);
    return file ? [{ ...found, file }] : [];
  });
}

/** @param {File[]} files @param {string} voice "george", or "en/george" with its language @returns {File | undefined} */
export function choose(files, voice) {
  const short = files.filter(({ version }) => version === "short");
  const those = short.length ? short : files;
  const liked = those.find((one) => [one.voice, `${one.locale}/${one.voice}`].includes(voice));
  return liked ?? those[0];
}

/** Slugs of those that this phone keeps whole, in the short version where there is one. @param {Wanted[]} wanted */
export async function keptOf(wanted) {
  if (!("caches" in globalThis) || !(await caches.has("saved-recordings"))) return new Set();
  const saved = (await listSaved()).filter((one) => one.state === "saved");
  const isKept = (/** @type {Wanted} */ { slug, file }) =>
    saved.some((one) => one.slug === slug && one.version === file.version);
  return new Set(wanted.filter(isKept).map(({ slug }) => slug));
}

/** @param {Wanted[]} wanted those that aren't here yet */
export async function keep(wanted) {
  if (going) return;
  const stop = new AbortController();
  going = stop;
  remember(UNFINISHED, "1");
  const size = wanted.reduce((sum, { file }) => sum + file.bytes, 0);
  let before = 0;
  problem = undefined;
  amount = { done: 0, size };
  tell();
  try {
    for (const { slug, title, file } of wanted) {
      const { address: url, captions: captionsUrl, bytes, ...about } = file;
      const onProgress = (/** @type {Progress} */ { bytes: here, waiting }) => {
        amount = { done: Math.min(size, before + here), size, isWaiting: waiting === true };
        tell();
      };
      const one = { ...about, url, captionsUrl, size: bytes, title, slug };
      await saveRecording(one, { signal: stop.signal, onProgress });
      before += bytes;
      document.dispatchEvent(new CustomEvent("recording-kept"));
    }
  } catch (error) {
    if (!stop.signal.aborted) problem = error;
  } finally {
    going = null;
    remember(UNFINISHED, null);
    tell();
  }
}

export function stop() {
  going?.abort();
}
