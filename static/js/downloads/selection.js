// Decides which recordings the user wants on the phone, and in which order they are saved. Pure.
import { soundsByAddress, soundsOf } from "./library.js";

/** @typedef {import("./library.js").Library} Library */
/** @typedef {import("./library.js").Recording} Recording */
/** @typedef {import("./library.js").Sound} Sound */

/**
 * @typedef {object} Choice
 * @property {string} voice the preferred voice; a recording without it is saved in its first voice
 * @property {boolean} every save every voice
 * @property {boolean} short save only short versions
 * @property {string[]} others locales of further languages
 */

/**
 * Return the voices of the page's language, the most common first.
 * @param {Library} library
 * @returns {{voice: string, name: string}[]}
 */
export function voicesOf({ recordings }) {
  /** @type {Map<string, {voice: string, name: string, count: number}>} */
  const voices = new Map();
  for (const { voice, voiceName } of recordings.flatMap(({ files }) => files)) {
    const known = voices.get(voice) ?? { voice, name: voiceName, count: 0 };
    voices.set(voice, { ...known, count: known.count + 1 });
  }
  return [...voices.values()].sort((a, b) => b.count - a.count);
}

/**
 * Return the voice that is preselected: the one that was heard last, or the most common one if the library
 * doesn't have that voice.
 * @param {Library} library
 * @param {{voice?: string, voices?: Record<string, string>}} listening remembered voices: "george", or "en/george"
 * with the language
 */
export function likedVoice(library, { voice = "", voices = {} }) {
  const known = voicesOf(library).map((item) => item.voice);
  const remembered = [voice, ...Object.values(voices)].map((name) => name.split("/").at(-1) ?? "");
  return remembered.find((name) => known.includes(name)) ?? known[0] ?? "";
}

/**
 * Return whether the library has both short and full versions.
 * @param {Library} library
 */
export function hasLengths({ recordings }) {
  return new Set(recordings.flatMap(({ files }) => files.map(({ version }) => version))).size > 1;
}

/**
 * Return the files to save, the most useful first: short versions in the preferred voice, then full versions
 * in it, then other voices, then other languages.
 * @param {Library} library
 * @param {Choice} choice
 * @returns {Sound[]}
 */
export function soundsFor({ recordings, others }, choice) {
  const more = others.filter(({ locale }) => choice.others.includes(locale));
  return [recordings, ...more.map((other) => other.recordings)].flatMap((list) =>
    ranked(list.flatMap((recording) => chosen(recording, choice))),
  );
}

/**
 * Return the files of the queue: first those requested one by one, then those of the choice, without those that
 * the user has removed since.
 * @param {Library} library
 * @param {Pick<import("./queue.js").Queue, "choice" | "also" | "without" | "only">} queue
 * @param {Map<string, Sound>} [known] every file that can be requested one by one, by address
 * @returns {Sound[]}
 */
export function soundsOfQueue(
  library,
  { choice, also, without, only },
  known = soundsByAddress(library),
) {
  const requested = also
    .map((address) => known.get(address))
    .filter((sound) => sound !== undefined);
  const excluded = new Set([...also, ...without]);
  const chosen = choice && !only ? soundsFor(library, choice) : [];
  return [...requested, ...chosen.filter(({ address }) => !excluded.has(address))];
}

/** @typedef {{sound: Sound, isLiked: boolean}} Candidate `isLiked`: it has the preferred voice, or stands in for it */

/**
 * Return the files of a recording that the choice includes.
 * @param {Recording} recording
 * @param {Choice} choice
 * @returns {Candidate[]}
 */
function chosen(recording, { voice, every, short }) {
  const sounds = soundsOf(recording);
  const versions = [...new Set(sounds.map(({ version }) => version))];
  // A recording without a short version is saved in its other versions.
  const wanted = short && versions.includes("short") ? ["short"] : versions;
  return wanted.flatMap((version) => {
    const files = sounds.filter((sound) => sound.version === version);
    const liked = files.find((sound) => sound.voice === voice) ?? files[0];
    return files
      .map((sound) => ({ sound, isLiked: sound === liked }))
      .filter(({ isLiked }) => every || isLiked);
  });
}

/**
 * Sort the files, the most useful first.
 * @param {Candidate[]} candidates
 * @returns {Sound[]}
 */
function ranked(candidates) {
  const rank = (/** @type {Candidate} */ { sound, isLiked }) =>
    (isLiked ? 0 : 2) + (sound.version === "short" ? 0 : 1);
  // The sort is stable: files of equal rank keep the library's order.
  return [...candidates].sort((a, b) => rank(a) - rank(b)).map(({ sound }) => sound);
}
