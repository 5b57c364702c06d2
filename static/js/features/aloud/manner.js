// How the reader wants the voice: which one, how fast, how high, how loud. Stored with the other reading choices.
import { chosen } from "../../platform/reading-choices.js";
import { language, voiceFor } from "./voices.js";

const USUAL = 1;

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
    voiceFor(voices, tag, choices[`voice_${language(tag)}`], navigator.languages);
  const voice = find(lang) ?? find(pageLang);
  if (!voice) return undefined;
  const value = (/** @type {string} */ name) => Number(choices[name]) || USUAL;
  return { voice, rate: value("speed"), pitch: value("pitch"), volume: value("volume") };
}
