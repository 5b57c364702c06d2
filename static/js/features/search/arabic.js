// Finds the shorter forms of an Arabic word, and compares Arabic written in Latin letters. Pure functions.

const ARABIC = /^[\u0621-\u064a]+$/;
/** Letters written before a word: and, so, with, for, as; before verbs also those for "will", "now", "I" and "we". */
const PREFIX = /^[وفبلكسهحن]/;
/** Endings: my, her, his, your, our, them; feminine and plural. */
const SUFFIX = /(?:ها|هم|كم|نا|ني|ين|ون|ات|يه|[يهكت])$/;
/** A form has at least this many letters. */
const LEAST = 3;

/** How people write one sound in different ways, and one way for all. The digits stand for Arabic letters. */
const SOUNDS = /** @type {[RegExp, string][]} */ ([
  [/gh|8/g, "g"],
  [/kh|5/g, "x"],
  [/ch|sh/g, "c"],
  [/ou|oo|u|w/g, "o"],
  [/ee|ei|ie|y|e/g, "i"],
  [/[79]/g, (/** @type {string} */ digit) => (digit === "7" ? "h" : "k")],
  [/q/g, "k"],
  [/[23]/g, ""],
  [/(.)\1+/g, "$1"],
]);

/**
 * Return the forms of a word that the lists may have instead: without prefixes, and with the alef of "I".
 *
 * @param {string} word folded
 * @returns {string[]} without the word itself
 */
export function withoutPrefixes(word) {
  if (!ARABIC.test(word)) return [];
  const forms = new Set([`ا${word}`]);
  for (let rest = word; PREFIX.test(rest) && rest.length >= LEAST;) {
    rest = rest.slice(1);
    forms.add(`ا${rest}`);
    if (rest.length >= LEAST) forms.add(rest);
  }
  return [...forms];
}

/** Return the forms of a word without prefixes or endings. @param {string} word folded */
export function stems(word) {
  const bare = withoutPrefixes(word);
  const all = [word, ...bare].flatMap((form) => {
    const stem = form.replace(SUFFIX, "");
    return stem.length >= LEAST ? [form, stem, `${stem}ه`] : [form];
  });
  return [...new Set(bare.length ? all : [])].filter((form) => form !== word);
}

/** Return one spelling for all ways to write a word in Latin letters. @param {string} word */
export function soundOf(word) {
  return SOUNDS.reduce((text, [from, to]) => text.replace(from, /** @type {string} */ (to)), word);
}

/** @param {string} word */
export const isLatin = (word) => /^[a-z0-9]+$/.test(word) && /[a-z]/.test(word);
