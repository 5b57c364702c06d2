// Words as people search for them; hearth_cft/web/site/search_words.py does the same with the texts. Pure.
// Both are held together by tests/vectors/search-words.json.
import { fold } from "../lib/fold.js";

/** @import { Piece } from "../notes/find.js" */

/** "the", alone or after "and", "so", "with", "as", or run together with "for". */
const ARTICLE = /^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{3})/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** In a text as it is written: signs that a folded word doesn't have belong to it. */
const WRITTEN = /[\p{L}\p{M}\p{N}'‘’\u200b-\u200f\u2060]+/gu;

/** The words of a text, folded, in order; "don't" is "dont". @param {string} text @returns {string[]} */
export function words(text) {
  const found = fold(text).replaceAll("'", "").match(WORD) ?? [];
  return found.map((word) => word.replace(ARTICLE, ""));
}

/**
 * A text in pieces, those marked that are one of the words.
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
