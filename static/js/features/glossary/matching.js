// Finds the words of the glossary in a text. Pure.

/** @typedef {{word: string, forms: string[]}} Term `word` is its name in addresses */
/** @typedef {{start: number, end: number, word: string}} Match */

/** What a word is made of: beside these, no form begins or ends. */
const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** Arabic signs of vowels, and the stroke that makes a word longer. A text may have or leave out any of them. */
const SIGN = "[\\u064b-\\u0652\\u0670\\u0640]";
const SIGNS = new RegExp(SIGN, "gu");
const ARABIC = /\p{Script=Arabic}/u;

/**
 * Build a function that finds terms in a text, in order. Where several forms fit, the longest wins.
 * @param {Term[]} terms
 * @returns {(text: string) => Match[]}
 */
export function finder(terms) {
  const forms = terms.flatMap(({ word, forms }) => forms.map((form) => new Form(word, form)));
  return (text) => {
    const plain = simplified(text);
    return apart(forms.flatMap((form) => (form.mayBeIn(plain) ? form.matchesIn(text) : [])));
  };
}

class Form {
  #word;
  #form;
  #hint;
  /** @type {RegExp | undefined} */
  #search;

  /** @param {string} word @param {string} form */
  constructor(word, form) {
    this.#word = word;
    this.#form = form;
    const parts = simplified(form).split(/[\s'’]+/u);
    const hint = parts.reduce((one, other) => (other.length > one.length ? other : one));
    this.#hint = hint.replace(/^ال/u, "");
  }

  /**
   * Return whether a search is worth while. Without this, a page in Arabic takes a cheap phone a second.
   * @param {string} plain
   */
  mayBeIn(plain) {
    return plain.includes(this.#hint);
  }

  /** @param {string} text @returns {Match[]} */
  matchesIn(text) {
    this.#search ??= new RegExp(pattern(this.#form), "giu");
    return Array.from(text.matchAll(this.#search), ({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
      word: this.#word,
    })).filter(({ start, end }) => !isLetter(text[start - 1]) && !isLetter(text[end]));
  }
}

/** Return the matches that don't overlap, in order. The longest at a place wins. @param {Match[]} matches */
function apart(matches) {
  matches.sort((one, other) => one.start - other.start || other.end - one.end);
  let end = 0;
  return matches.filter((match) => {
    if (match.start < end) return false;
    end = match.end;
    return true;
  });
}

/** @param {string | undefined} letter */
const isLetter = (letter) => letter !== undefined && LETTER.test(letter);

/** @param {string} text */
const simplified = (text) => text.toLowerCase().replace(SIGNS, "");

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
  const bare = simplified(word);
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
