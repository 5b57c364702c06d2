// Normalises text for searching: case, accents and Arabic vowel signs don't count. Pure functions.

/**
 * Characters that writers often leave out: Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowel signs, the
 * dagger alef and the tatweel; invisible format characters. Other marks must stay: in Hindi, for example, vowels are
 * written as marks.
 */
const MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2060\ufeff]/g;

/** Replacements for characters that Unicode's decomposition leaves unchanged. */
const REPLACEMENTS = new Map(
  Object.entries({
    ß: "ss",
    æ: "ae",
    œ: "oe",
    ø: "o",
    ł: "l",
    đ: "d",
    ð: "d",
    þ: "th",
    ı: "i",
    ς: "σ",
    "’": "'",
    "‘": "'",
    // Common Arabic spelling variants, and the Persian and Urdu forms of the same letters.
    ٱ: "ا",
    ى: "ي",
    ی: "ي",
    ة: "ه",
    ک: "ك",
    ہ: "ه",
    ھ: "ه",
    ۃ: "ه",
  }),
);
const ARABIC_DIGITS = ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"];
for (const digits of ARABIC_DIGITS) {
  Array.from(digits).forEach((digit, value) => REPLACEMENTS.set(digit, String(value)));
}
const REPLACED = new RegExp(`[${[...REPLACEMENTS.keys()].join("")}]`, "g");
const ASCII = /^[\x20-\x7e]*$/;

/**
 * Normalise a text for comparison in searches. Folding it whole or letter by letter gives the same result.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(MARKS, "")
    .replace(REPLACED, (letter) => REPLACEMENTS.get(letter) ?? letter);
}

/** Return the different words of a search query, folded. @param {string} query */
export function wordsOf(query) {
  return [...new Set(fold(query).split(/\s+/).filter(Boolean))];
}

/**
 * Find where words occur in a text.
 *
 * @param {string} text
 * @param {string[]} words folded
 * @returns {[from: number, to: number][]} positions in `text`, in order, without overlaps
 */
export function hitsIn(text, words) {
  const { folded, places } = foldWithPlaces(text);
  const hits = words.flatMap((word) => {
    const ranges = [];
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      ranges.push(/** @type {[number, number]} */ ([places[at], places[at + word.length]]));
    }
    return ranges;
  });
  /** @type {[number, number][]} */
  const joined = [];
  for (const [from, to] of hits.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/**
 * Fold a text letter by letter. `places` has the position in `text` for each folded letter, and the end of `text` last.
 * @param {string} text
 */
function foldWithPlaces(text) {
  let folded = "";
  /** @type {number[]} */
  const places = [];
  let at = 0;
  for (const letter of text) {
    const part = fold(letter);
    for (let count = 0; count < part.length; count += 1) places.push(at);
    folded += part;
    at += letter.length;
  }
  places.push(at);
  return { folded, places };
}
