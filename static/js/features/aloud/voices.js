// Chooses among the device's voices. Pure functions.

/** @typedef {Pick<SpeechSynthesisVoice, "name" | "lang" | "voiceURI" | "localService" | "default">} Voice */

/** Apple's joke voices, and those that sound like an old machine. They stand first in Safari's list. */
const POOR = /^com\.apple\.(speech\.synthesis\.voice|eloquence)\./;

/** On Linux, espeak-ng has a hundred voices like "English+Auntie" beside each of its own: 13,000, and none is better. */
const VARIANT = /\S\+\S/;

/**
 * Return the voices that live on this device and speak a language, the best one first. A voice from the network would
 * send the words away, and would be silent without a signal.
 * @template {Voice} V
 * @param {V[]} voices
 * @param {string} lang
 * @param {readonly string[]} [wanted] the reader's languages, with their regions: "en-GB"
 * @returns {V[]}
 */
export function voicesFor(voices, lang, wanted = []) {
  const wantedLanguage = language(lang);
  const spoken = voices.filter(
    (voice) =>
      voice.localService && !VARIANT.test(voice.name) && language(voice.lang) === wantedLanguage,
  );
  const regions = [lang, ...wanted].map(tag).filter((each) => each.includes("-"));
  // In Safari every voice is the default one, which says nothing.
  const hasDefault = spoken.filter((voice) => voice.default).length === 1;
  /** @param {V} voice a lower number is better */
  const rank = (voice) => {
    const place = regions.indexOf(tag(voice.lang));
    return [
      Number(POOR.test(voice.voiceURI)),
      place < 0 ? regions.length : place,
      Number(!(hasDefault && voice.default)),
    ];
  };
  return spoken.sort((a, b) => compare(rank(a), rank(b)));
}

/**
 * Return the voice that speaks a language: the chosen one, or the best one.
 * @template {Voice} V
 * @param {V[]} voices
 * @param {string} lang
 * @param {string} [chosen] its voiceURI
 * @param {readonly string[]} [wanted]
 * @returns {V | undefined} undefined if this device has none
 */
export function voiceFor(voices, lang, chosen, wanted) {
  const spoken = voicesFor(voices, lang, wanted);
  return spoken.find((voice) => voice.voiceURI === chosen) ?? spoken[0];
}

/** Return a voice's name. If others have the same name, its region follows. @param {Voice} voice @param {Voice[]} all */
export function nameOf({ name, lang }, all) {
  const isAlone = all.filter((other) => other.name === name).length === 1;
  return isAlone ? name : `${name} (${lang.replace("_", "-")})`;
}

/** Return the language of a tag without its region. Android also writes "en_GB" and "eng-GBR". @param {string} lang */
export function language(lang) {
  const [primary] = lang.split(/[-_]/);
  try {
    return new Intl.Locale(primary).language;
  } catch {
    return primary.toLowerCase();
  }
}

/** @param {string} lang */
function tag(lang) {
  const [, ...rest] = lang.split(/[-_]/);
  return [language(lang), ...rest].join("-").toLowerCase();
}

/** @param {number[]} a @param {number[]} b */
function compare(a, b) {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : a[place] - b[place];
}
