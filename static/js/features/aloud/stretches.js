// Cuts a text into stretches that a voice speaks to their end, and finds the word that is being spoken. Pure functions.

/** Android's voices refuse long texts, and Chromium's may stop in the middle of one. In characters. */
const MOST = 200;
/** Where there is no Intl.Segmenter, a sentence ends after these marks. */
const SENTENCE_END = /[.!?…؟۔]["”’»)\]]*\s+/gu;
const PAUSE = /[,;:،؛–—]\s+/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;

/** @typedef {{from: number, to: number}} Stretch a part of a text, from one character up to another */

/**
 * Cut a text at the ends of sentences. A sentence that is too long is cut at a comma or between two words. Together the
 * stretches are the whole text.
 * @param {string} text
 * @param {string} lang
 * @param {number} [most] characters of a stretch
 * @returns {Stretch[]}
 */
export function cut(text, lang, most = MOST) {
  /** @type {Stretch[]} */
  const stretches = [];
  let from = 0;
  for (const end of sentenceEnds(text, lang)) {
    const last = stretches.at(-1);
    if (last && end - last.from <= most) last.to = end;
    else stretches.push(...shorten({ from, to: end }, text, most));
    from = end;
  }
  return stretches;
}

/** @param {string} text @param {string} lang @returns {number[]} where each sentence ends, with the space after it */
function sentenceEnds(text, lang) {
  if (!text) return [];
  if ("Segmenter" in Intl) {
    const sentences = new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text);
    return Array.from(sentences, ({ index, segment }) => index + segment.length);
  }
  const ends = endsOf(SENTENCE_END, text);
  return ends.at(-1) === text.length ? ends : [...ends, text.length];
}

/** @param {RegExp} pattern @param {string} text */
function endsOf(pattern, text) {
  return Array.from(text.matchAll(pattern), (match) => match.index + match[0].length);
}

/** @param {Stretch} stretch @param {string} text @param {number} most @returns {Stretch[]} */
function shorten({ from, to }, text, most) {
  if (to - from <= most) return [{ from, to }];
  const beginning = text.slice(from, from + most);
  const pause = endsOf(PAUSE, beginning).at(-1) ?? 0;
  const space = endsOf(/\s+/gu, beginning).at(-1) ?? most;
  // A comma near the beginning would leave a stretch of two words.
  const end = from + (pause > most / 3 ? pause : space);
  return [{ from, to: end }, ...shorten({ from: end, to }, text, most)];
}

/**
 * Return the word that a voice has reached. Voices count differently: some point at the space before the word, some give
 * no length.
 * @param {string} text
 * @param {number} index of a character
 * @param {number} [length] as the voice says; languages without spaces need it
 * @returns {Stretch | null} null if there is no word any more
 */
export function wordAt(text, index, length = 0) {
  WORD.lastIndex = index;
  const match = WORD.exec(text);
  if (!match) return null;
  const to = match.index + match[0].length;
  return {
    from: match.index,
    to: length ? Math.min(to, Math.max(index + length, match.index + 1)) : to,
  };
}
