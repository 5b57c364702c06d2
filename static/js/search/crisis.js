// Whether somebody who types this may be in danger: they are shown first who can be called. Pure.
import { words } from "./words.js";

/** From this many letters on, the beginning of a word is enough, and one slip is forgiven. */
const CLEAR = 5;

/** @param {string} list phrases, separated by commas of any script @returns {string[][]} their words */
export function phrasesOf(list) {
  return list
    .split(/[,،、;]/)
    .map(words)
    .filter((phrase) => phrase.length);
}

/** @param {string} query @param {string[][]} phrases */
export function isCrisis(query, phrases) {
  const said = words(query);
  return phrases.some((phrase) =>
    said.some((_, from) => phrase.every((word, n) => isAlike(said[from + n] ?? "", word))),
  );
}

/** @param {string} said @param {string} word */
function isAlike(said, word) {
  if (said === word) return true;
  if (said.length < CLEAR) return false;
  return word.startsWith(said) || (word.length > CLEAR && isOneSlip(said, word));
}

/** One letter too many, too few, another, or two that changed places. @param {string} one @param {string} other */
function isOneSlip(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [a, b] = [one.slice(start), other.slice(start)];
  if (a.length > b.length) return a.slice(1) === b;
  if (a.length < b.length) return a === b.slice(1);
  const turned = b.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return turned || a.slice(1) === b.slice(1);
}
