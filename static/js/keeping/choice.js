// Which of all the recordings somebody wants on the phone, and in which order. Pure.
import { soundsByAddress, soundsOf } from "./library.js";

/** @typedef {import("./library.js").Library} Library */
/** @typedef {import("./library.js").Recording} Recording */
/** @typedef {import("./library.js").Sound} Sound */

/**
 * @typedef {object} Choice
 * @property {string} voice the one that is liked; where a recording lacks it, the one that it has
 * @property {boolean} every in every voice
 * @property {boolean} short the short ones only
 * @property {string[]} others more languages
 */

/** The voices of the page's language, the most common first. @param {Library} library @returns {{voice: string, name: string}[]} */
export function voicesOf({ recordings }) {
  /** @type {Map<string, {voice: string, name: string, count: number}>} */
  const found = new Map();
  for (const { voice, voiceName } of recordings.flatMap(({ files }) => files)) {
    const known = found.get(voice) ?? { voice, name: voiceName, count: 0 };
    found.set(voice, { ...known, count: known.count + 1 });
  }
  return [...found.values()].sort((one, two) => two.count - one.count);
}

/**
 * The voice to begin with: the one that was listened to last, where it is among these.
 * @param {Library} library
 * @param {{voice?: string, voices?: Record<string, string>}} listening "george", or "en/george" with its language
 */
export function likedVoice(library, { voice = "", voices = {} }) {
  const known = voicesOf(library).map((one) => one.voice);
  const remembered = [voice, ...Object.values(voices)].map((name) => name.split("/").at(-1) ?? "");
  return remembered.find((name) => known.includes(name)) ?? known[0] ?? "";
}

/** Whether there is a short and a full version of anything. @param {Library} library */
export function hasLengths({ recordings }) {
  return new Set(recordings.flatMap(({ files }) => files.map(({ version }) => version))).size > 1;
}

/**
 * What is to be kept, the most useful first: the short ones in the voice that is liked, then the full
 * ones, then other voices, then other languages.
 * @param {Library} library @param {Choice} choice @returns {Sound[]}
 */
export function soundsFor({ recordings, others }, choice) {
  const more = others.filter(({ locale }) => choice.others.includes(locale));
  return [recordings, ...more.map((other) => other.recordings)].flatMap((set) =>
    ranked(set.flatMap((recording) => chosen(recording, choice))),
  );
}

/**
 * What a plan wants: what was asked for by itself first, then what was chosen, but for what was taken
 * off the phone since.
 * @param {Library} library @param {Pick<import("./plan.js").Plan, "choice" | "also" | "without" | "only">} plan
 * @returns {Sound[]}
 */
export function soundsOfPlan(library, { choice, also, without, only }) {
  const known = soundsByAddress(library);
  const asked = also.map((address) => known.get(address)).filter((sound) => sound !== undefined);
  const taken = new Set([...also, ...without]);
  const chosen = choice && !only ? soundsFor(library, choice) : [];
  return [...asked, ...chosen.filter(({ address }) => !taken.has(address))];
}

/** @typedef {{sound: Sound, isLiked: boolean}} Candidate */

/** @param {Recording} recording @param {Choice} choice @returns {Candidate[]} */
function chosen(recording, { voice, every, short }) {
  const sounds = soundsOf(recording);
  const versions = [...new Set(sounds.map(({ version }) => version))];
  // A recording without a short version is kept as it is.
  const wanted = short && versions.includes("short") ? ["short"] : versions;
  return wanted.flatMap((version) => {
    const of = sounds.filter((sound) => sound.version === version);
    const liked = of.find((sound) => sound.voice === voice) ?? of[0];
    return of
      .map((sound) => ({ sound, isLiked: sound === liked }))
      .filter(({ isLiked }) => every || isLiked);
  });
}

/** @param {Candidate[]} candidates @returns {Sound[]} */
function ranked(candidates) {
  const rank = (/** @type {Candidate} */ { sound, isLiked }) =>
    (isLiked ? 0 : 2) + (sound.version === "short" ? 0 : 1);
  // Sorting keeps the library's own order among equals.
  return [...candidates].sort((one, two) => rank(one) - rank(two)).map(({ sound }) => sound);
}
