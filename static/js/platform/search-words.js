// Splits queries into words, and marks those words in results. hearth_cft/web/site/search_words.py splits the texts in
// the same way. tests/vectors/search-words.json holds the test cases for both. Pure functions.
import { fold } from "./fold.js";

/** @import { Piece } from "./passage.js" */

/** The Arabic article ("the"), alone, after "and", "so", "with" or "as", or joined with "for". */
const ARTICLE = /^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{3})/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** A word in a text that hasn't been folded. It may contain characters that folding removes. */
const WRITTEN = /[\p{L}\p{M}\p{N}'‘’\u200b-\u200f\u2060]+/gu;

/** Return the words of a text, folded, in order. "don't" becomes "dont". @param {string} text @returns {string[]} */
export function words(text) {
  const found = fold(text).replaceAll("'", "").match(WORD) ?? [];
  return found.map((word) => word.replace(ARTICLE, ""));
}

/**
 * Split a text into pieces, and mark the words that are among the terms.
 *
 * @param {string} text
 * @param {ReadonlySet<string>} terms folded
 * @returns {Piece[]}
 */
export function marked(text, terms) {
  /** @type {Piece[]} */
  const pieces = [];
  let at = 0;
  const add = (/** @type {number} */ end, /** @type {boolean} */ isHit) => {
    if (end > at) pieces.push({ text: text.slice(at, end), isHit });
    at = end;
  };
  for (const found of text.matchAll(WRITTEN)) {
    if (!words(found[0]).some((word) => terms.has(word))) continue;
    add(found.index, false);
    add(found.index + found[0].length, true);
  }
  add(text.length, false);
  return pieces;
}
