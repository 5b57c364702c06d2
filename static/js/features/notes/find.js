// Searches what the user wrote. Everything happens in memory on this phone. Pure functions.
import { fold, hitsIn, wordsOf } from "../../platform/fold.js";

/** @import { Answer, NoteText } from "./note-text.js" */

/** @import { Found } from "../../answers/rows.js" */
/** @import { Piece } from "../../platform/passage.js" */

/** @typedef {{id: string, texts: string[], folded: string[], title: string}} Indexed */

/** A passage has up to this many characters before and after its first hit. */
const BEFORE = 40;
const AFTER = 100;

/** Prepare notes for searching. @param {NoteText[]} notes @returns {Indexed[]} in the same order */
export function indexOf(notes) {
  return notes.map(({ id, title, parts }) => {
    const texts = parts.flatMap(({ answers }) => answers.flatMap(ownWords));
    return { id, texts, folded: texts.map(fold), title: fold(title) };
  });
}

/** Return the words that the user wrote or chose, not slider values. @param {Answer} answer @returns {string[]} */
function ownWords({ type, texts, items = [] }) {
  if (type === "slider") return [];
  return [...texts, ...items.flatMap(({ answers }) => answers.flatMap(ownWords))];
}

/**
 * Find the notes that have every word of a query.
 *
 * @param {Indexed[]} index
 * @param {string} query
 * @returns {Found[] | null} in the order of the index; null if the query has no words
 */
export function find(index, query) {
  const words = wordsOf(query);
  if (!words.length) return null;
  return index
    .filter(({ title, folded }) =>
      words.every((word) => title.includes(word) || folded.some((text) => text.includes(word))),
    )
    .map((note) => ({ id: note.id, passage: () => passageOf(note, words) }));
}

/** Cut a passage out of the text that has the most of the words. @param {Indexed} note @param {string[]} words */
function passageOf({ texts, folded }, words) {
  const counts = folded.map((text) => words.filter((word) => text.includes(word)).length);
  const most = Math.max(0, ...counts);
  return most ? pieces(texts[counts.indexOf(most)], words) : [];
}

/**
 * Cut out the first hit and a few words around it.
 *
 * @param {string} text
 * @param {string[]} words folded
 * @returns {Piece[]}
 */
export function pieces(text, words) {
  const hits = hitsIn(text, words);
  if (!hits.length) return [];
  const from = nextWordStart(text, Math.max(0, hits[0][0] - BEFORE), hits[0][0]);
  const to = lastWordEnd(text, Math.min(text.length, hits[0][1] + AFTER), hits[0][1]);
  /** @type {Piece[]} */
  const passage = [];
  let at = from;
  const add = (/** @type {number} */ end, /** @type {boolean} */ isHit) => {
    if (end > at) passage.push({ text: text.slice(at, end), isHit });
    at = end;
  };
  for (const [begin, end] of hits.filter(([, end]) => end <= to)) {
    add(begin, false);
    add(end, true);
  }
  add(to, false);
  if (from > 0) passage.unshift({ text: "… ", isHit: false });
  if (to < text.length) passage.push({ text: " …", isHit: false });
  return passage;
}

/**
 * Return where the next word begins, so that a passage doesn't begin inside a word.
 *
 * @param {string} text
 * @param {number} at where to start looking
 * @param {number} most the largest result
 */
function nextWordStart(text, at, most) {
  if (at === 0) return 0;
  const space = text.slice(at, most).search(/\s/);
  return space < 0 ? most : at + space + 1;
}

/**
 * Return where the last whole word ends, so that a passage doesn't end inside a word.
 *
 * @param {string} text
 * @param {number} at where to start looking backwards
 * @param {number} least the smallest result
 */
function lastWordEnd(text, at, least) {
  if (at === text.length) return at;
  const cut = text.slice(least, at);
  const space = cut.search(/\s\S*$/);
  return space < 0 ? at : least + space;
}
