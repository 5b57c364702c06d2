// How the reader wants the voice: which one, how fast, how high, how loud. Stored with the other reading choices.
import { pgettext } from "../../platform/i18n.js";
import { chosen } from "../../platform/reading-choices.js";
import { language, voiceFor } from "./voices.js";

/** @typedef {"speed" | "pitch" | "volume"} Scale */

/** The steps of each slider: a number and its name. @type {Record<Scale, [number, () => string][]>} */
const SCALES = {
  speed: [
    [0.6, () => pgettext("speed of the voice", "Much slower")],
    [0.8, () => pgettext("speed of the voice", "Slower")],
    [1, () => pgettext("speed of the voice", "Usual")],
    [1.25, () => pgettext("speed of the voice", "Faster")],
    [1.5, () => pgettext("speed of the voice", "Much faster")],
    [2, () => pgettext("speed of the voice", "Twice as fast")],
  ],
  pitch: [
    [0.6, () => pgettext("pitch of the voice", "Much lower")],
    [0.8, () => pgettext("pitch of the voice", "Lower")],
    [1, () => pgettext("pitch of the voice", "Usual")],
    [1.2, () => pgettext("pitch of the voice", "Higher")],
    [1.4, () => pgettext("pitch of the voice", "Much higher")],
  ],
  volume: [
    [0.25, () => pgettext("loudness of the voice", "Very quiet")],
    [0.5, () => pgettext("loudness of the voice", "Quiet")],
    [0.75, () => pgettext("loudness of the voice", "A little quieter")],
    [1, () => pgettext("loudness of the voice", "Usual")],
  ],
};
const USUAL = 1;

/** @param {Scale} scale @returns {{value: string, name: string}[]} "" is the usual value */
export function stepsOf(scale) {
  return SCALES[scale].map(([value, name]) => ({
    value: value === USUAL ? "" : `${value}`,
    name: name(),
  }));
}

/** Return the name under which the voice of a language is stored. @param {string} lang */
export const voiceName = (lang) => `voice_${language(lang)}`;

/**
 * Return how to speak a language. A language without a voice is spoken by that of the page, which can often read it.
 * @param {SpeechSynthesis} synthesis
 * @param {string} lang
 * @param {string} pageLang
 * @returns {import("./speech.js").Manner | undefined} undefined if there is no voice
 */
export function mannerOf(synthesis, lang, pageLang) {
  const choices = chosen();
  const voices = synthesis.getVoices();
  const find = (/** @type {string} */ tag) =>
    voiceFor(voices, tag, choices[voiceName(tag)], navigator.languages);
  const voice = find(lang) ?? find(pageLang);
  if (!voice) return undefined;
  const value = (/** @type {Scale} */ scale) => Number(choices[scale]) || USUAL;
  return { voice, rate: value("speed"), pitch: value("pitch"), volume: value("volume") };
}
