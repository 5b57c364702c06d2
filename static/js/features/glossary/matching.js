// Finds the words of the glossary in a text. Pure.

/** @typedef {{word: string, forms: string[]}} Term `word` is its name in addresses */
/** @typedef {{start: number, end: number, word: string}} Match */

/** What a word is made of: beside these, no form begins or ends. */
const LETTER = "[\\p{L}\\p{M}\\p{N}]";
/** Arabic signs of vowels, and the stroke that makes a word longer. A text may have or leave out any of them. */
const SIGN = "[\\u064b-\\u0652\\u0670\\u0640]";
const ARABIC = /\p{Script=Arabic}/u;

/**
 * Build a function that finds terms in a text, in order. Where several forms fit, the longest wins.
 * @param {Term[]} terms
 * @returns {(text: string) => Match[]}
 */
export function finder(terms) {
  const forms = terms.flatMap(({ word, forms }) => forms.map((form) => ({ word, form })));
  forms.sort((one, other) => other.form.length - one.form.length);
  if (!forms.length) return () => [];
  const any = forms.map(({ form }) => `(${pattern(form)})`).join("|");
  // Browsers of 2022 can't look behind, so the letter before is matched too.
  const search = new RegExp(`(^|[^\\p{L}\\p{M}\\p{N}])(?:${any})(?!${LETTER})`, "giu");
  return (text) =>
    Array.from(text.matchAll(search), (match) => {
      const start = match.index + match[1].length;
      const form = match.slice(2).findIndex((found) => found !== undefined);
      return { start, end: match.index + match[0].length, word: forms[form].word };
    });
}

/** Return a pattern for a form, whatever its spaces and apostrophes are in a text. @param {string} form */
function pattern(form) {
  const words = form.trim().split(/\s+/u);
  const patterns = words.map((word, place) =>
    ARABIC.test(word) ? arabic(word, place === 0) : latin(word),
  );
  // A number for emergencies may stand within a longer one.
  return patterns.join("\\s+") + (/\d$/.test(form) ? "(?![ \\u00a0-]?\\d)" : "");
}

/** @param {string} word */
function latin(word) {
  return escaped(word).replace(/['’]/g, "['’]");
}

/**
 * Return a pattern for an Arabic word, with what may be joined to its front: "and" or "so", "in" or "like", "for", and
 * the article. A word after the first has the article at most. A form with the article is found only with it.
 * @param {string} word @param {boolean} isFirst
 */
function arabic(word, isFirst) {
  const bare = word.replace(new RegExp(SIGN, "gu"), "");
  const and = `(?:${signed("و")}|${signed("ف")})?`;
  const within = `(?:${signed("ب")}|${signed("ك")})?`;
  const [the, forThe] = [signed("ال"), signed("لل")];
  if (bare.startsWith("ال") && bare.length > 3) {
    const rest = signed(bare.slice(2));
    return isFirst ? `${and}(?:${within}${the}|${forThe})${rest}` : the + rest;
  }
  const front = `${and}(?:${within}(?:${the})?|${forThe}|${signed("ل")})`;
  return (isFirst ? front : `(?:${the})?`) + signed(bare);
}

/** Return a pattern for letters that may have signs. @param {string} letters */
function signed(letters) {
  return Array.from(letters, (letter) => `${escaped(letter)}${SIGN}*`).join("");
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
