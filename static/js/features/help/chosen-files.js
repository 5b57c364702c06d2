// The sound files of the recordings on the help page: which file of each is saved on this phone, and which are here.
import { cachedLibrary, newestLibrary } from "../../downloads/library.js";
import { listSaved } from "../../downloads/recordings.js";
import { recall as recallListening } from "../../audio/preferences.js";
import { obstacle } from "../../platform/keeping.js";

/** @import { File, Sound } from "../../downloads/library.js" */

/**
 * Return the file to save of each recording: the short version, in the last chosen voice. Recordings without files are
 * left out.
 * @param {string[]} slugs
 * @returns {Promise<Sound[]>}
 */
export async function wantedFor(slugs) {
  const { recordings } = (await libraryHere()) ?? (await newestLibrary());
  const voice = recallListening().voice ?? "";
  return slugs.flatMap((slug) => {
    const recording = recordings.find((candidate) => candidate.slug === slug);
    const file = recording && choose(recording.files, voice);
    if (!file) return [];
    const { title, lang } = recording;
    return [{ ...file, slug, title, lang }];
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

const libraryHere = async () => ((await obstacle()) ? null : cachedLibrary());

/**
 * Return the slugs of the recordings that are completely saved, in the wanted version and in any voice.
 * @param {Sound[]} wanted
 */
export async function savedAmong(wanted) {
  if ((await obstacle()) || !(await caches.has("saved-recordings"))) return new Set();
  const saved = (await listSaved()).filter((recording) => recording.state === "saved");
  const isSaved = (/** @type {Sound} */ { slug, version }) =>
    saved.some((recording) => recording.slug === slug && recording.version === version);
  return new Set(wanted.filter(isSaved).map(({ slug }) => slug));
}
