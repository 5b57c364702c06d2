// Decides which voice to use. The same name can speak several languages, so a voice is identified by its language
// and its name. Pure functions.

/** @typedef {import("./files.js").Sound} Sound */
/** @typedef {import("./preferences.js").Listening} Listening */

/** Return a voice's identifier, such as "en/george". @param {Sound} sound */
export function voiceOf({ locale, voice }) {
  return `${locale}/${voice}`;
}

/**
 * Return the voice to begin with: the voice that was chosen last; otherwise the voice that was chosen last in
 * the language of the first sound; otherwise the voice of the first sound.
 * @param {Sound[]} sounds of one recording, the page's own language first
 * @param {Listening} remembered
 */
export function favourite(sounds, { voice = "", voices = {} }) {
  const isAvailable = (/** @type {string | undefined} */ name) =>
    sounds.some((sound) => voiceOf(sound) === name);
  const { locale } = sounds[0];
  // Earlier versions of the app stored an English voice by its name alone.
  const known = [voice, `${locale}/${voice}`, voices[locale]].find(isAvailable);
  return known ?? voiceOf(sounds[0]);
}

/** Return what to remember after a voice was chosen. @param {Sound} sound @param {Listening} remembered */
export function chosenVoice(sound, { voices = {} }) {
  const voice = voiceOf(sound);
  return { voice, voices: { ...voices, [sound.locale]: voice } };
}
