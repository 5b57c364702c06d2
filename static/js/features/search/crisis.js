// Recognises whether somebody who types a query may be in danger. If so, the page first shows who they can call. Pure
// functions.
import { words } from "../../platform/search-words.js";

/**
 * From this many letters on, a typed word may be only the beginning of a word in a phrase. It may also have one typing
 * mistake, if the word in the phrase is longer than this.
 */
const CLEAR = 5;

/**
 * Split a list into phrases, and each phrase into words.
 *
 * @param {string} list separated by semicolons, or by commas of any script
 * @returns {string[][]}
 */
export function phrasesOf(list) {
  return list
    .split(/[,،、;]/)
    .map(words)
    .filter((phrase) => phrase.length);
}

/** Return whether a query contains one of the phrases. @param {string} query @param {string[][]} phrases */
export function isCrisis(query, phrases) {
  const typed = words(query);
  return phrases.some((phrase) =>
    typed.some((_, from) => phrase.every((word, n) => isAlike(typed[from + n] ?? "", word))),
  );
}

/** @param {string} typed @param {string} word */
function isAlike(typed, word) {
  if (typed === word) return true;
  if (typed.length < CLEAR) return false;
  return word.startsWith(typed) || (word.length > CLEAR && hasOneMistake(typed, word));
}

/**
 * Return whether one letter is too many, missing or wrong, or two neighbouring letters have changed places.
 *
 * @param {string} typed
 * @param {string} word
 */
function hasOneMistake(typed, word) {
  if (Math.abs(typed.length - word.length) > 1) return false;
  let start = 0;
  while (start < typed.length && typed[start] === word[start]) start += 1;
  const [a, b] = [typed.slice(start), word.slice(start)];
  if (a.length > b.length) return a.slice(1) === b;
  if (a.length < b.length) return a === b.slice(1);
  const isSwapped = b.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return isSwapped || a.slice(1) === b.slice(1);
}
