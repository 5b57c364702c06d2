// Letters as somebody searches for them: without case, accents, and what Arabic leaves to the reader. Pure.

/**
 * Only marks that are left out in writing: in Hindi, say, vowels are marks too, and those stay.
 * Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowel signs, the dagger alef and the long line.
 */
const MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2060\ufeff]/g;

/** Letters that no decomposition takes apart, as they are written without their marks. */
const ALIKE = new Map(
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
    // Arabic as it is written in a hurry, and the same letters as Persian and Urdu have them.
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
  Array.from(digits).forEach((digit, value) => ALIKE.set(digit, String(value)));
}
const LETTERS = new RegExp(`[${[...ALIKE.keys()].join("")}]`, "g");
const PLAIN = /^[\x20-\x7e]*$/;

/** @param {string} text @returns {string} what is compared; the same for a whole text and letter by letter */
export function fold(text) {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(MARKS, "")
    .replace(LETTERS, (letter) => ALIKE.get(letter) ?? letter);
}

/** The words of a question, folded, each once. @param {string} query */
export function wordsOf(query) {
  return [...new Set(fold(query).split(/\s+/).filter(Boolean))];
}

/**
 * Where words stand in a text.
 *
 * @param {string} text
 * @param {string[]} words folded
 * @returns {[from: number, to: number][]} in order, without overlaps
 */
export function hitsIn(text, words) {
  const { folded, places } = mapped(text);
  const found = words.flatMap((word) => {
    const hits = [];
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      hits.push(/** @type {[number, number]} */ ([places[at], places[at + word.length]]));
    }
    return hits;
  });
  /** @type {[number, number][]} */
  const joined = [];
  for (const [from, to] of found.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** A text folded letter by letter, and where in the text each folded letter was. @param {string} text */
function mapped(text) {
  let folded = "";
  /** @type {number[]} */
  const places = [];
  let at = 0;
  for (const letter of text) {
    const plain = fold(letter);
    for (let count = 0; count < plain.length; count += 1) places.push(at);
    folded += plain;
    at += letter.length;
  }
  places.push(at);
  return { folded, places };
}
