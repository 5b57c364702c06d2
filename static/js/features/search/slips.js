// Compares words that may have been mistyped. Pure functions.

const SHORT = 3;

/**
 * Return a word with each repeated letter once: "diiie" is "die". Digits stay, and so do short words: "off" isn't "of".
 *
 * @param {string} word
 */
export const collapsed = (word) =>
  word.length > SHORT ? word.replace(/(\p{L})\1+/gu, "$1") : word;

/**
 * Return whether two neighbouring letters have changed places.
 *
 * @param {string} typed
 * @param {string} word
 */
export function isSwapped(typed, word) {
  if (typed.length !== word.length) return false;
  const start = firstDifference(typed, word);
  const [a, b] = [typed.slice(start), word.slice(start)];
  return b.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
}

/**
 * Return whether one letter is too many, missing or wrong, or two neighbouring letters have changed places.
 *
 * @param {string} typed
 * @param {string} word
 */
export function isOneSlip(typed, word) {
  if (Math.abs(typed.length - word.length) > 1) return false;
  const start = firstDifference(typed, word);
  const [a, b] = [typed.slice(start), word.slice(start)];
  if (a.length > b.length) return a.slice(1) === b;
  if (a.length < b.length) return a === b.slice(1);
  return a.slice(1) === b.slice(1) || isSwapped(typed, word);
}

/** @param {string} a @param {string} b */
function firstDifference(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
