// Which voice is taken: one name can speak several languages, so a voice is told by both. Pure.

/** @typedef {import("./files.js").Sound} Sound */
/** @typedef {import("./memory.js").Listening} Listening */

/** "en/george". @param {Sound} sound */
export function voiceOf({ locale, voice }) {
  return `${locale}/${voice}`;
}

/**
 * The voice to begin with: the last chosen, else the one chosen in the language that comes first here,
 * else the first.
 * @param {Sound[]} sounds of one recording, the page's own language first
 * @param {Listening} remembered
 */
export function favourite(sounds, { voice = "", voices = {} }) {
  const has = (/** @type {string | undefined} */ name) =>
    sounds.some((sound) => voiceOf(sound) === name);
  const { locale } = sounds[0];
  // Earlier versions of the app noted the bare name of an English voice.
  const known = [voice, `${locale}/${voice}`, voices[locale]].find(has);
  return known ?? voiceOf(sounds[0]);
}

/** What to remember of a choice. @param {Sound} sound @param {Listening} remembered */
export function chosenVoice(sound, { voices = {} }) {
  const voice = voiceOf(sound);
  return { voice, voices: { ...voices, [sound.locale]: voice } };
}
