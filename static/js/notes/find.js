// Searching in what somebody wrote. Everything happens in memory on this phone. Pure.
import { fold, hitsIn, wordsOf } from "../lib/fold.js";

/** @import { Answer, NoteText } from "./note-text.js" */

/** @typedef {{text: string, isHit: boolean}} Piece */
/** @typedef {{id: string, passage: () => Piece[]}} Found `passage` is empty where only the title has the words */
/** @typedef {{id: string, texts: string[], folded: string[], title: string}} Indexed */

const BEFORE = 40;
const AFTER = 100;

/** @param {NoteText[]} notes @returns {Indexed[]} in the same order */
export function indexOf(notes) {
  return notes.map(({ id, title, parts }) => {
    const texts = parts.flatMap(({ answers }) => answers.flatMap(ownWords));
    return { id, texts, folded: texts.map(fold), title: fold(title) };
  });
}

/** What somebody wrote or chose; numbers of a slider are no words. @param {Answer} answer @returns {string[]} */
function ownWords({ type, texts, items = [] }) {
  if (type === "slider") return [];
  return [...texts, ...items.flatMap(({ answers }) => answers.flatMap(ownWords))];
}

/**
 * @param {Indexed[]} index
 * @param {string} query
 * @returns {Found[] | null} notes that have every word, in the order of the index; null without a word
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

/** @param {Indexed} note @param {string[]} words */
function passageOf({ texts, folded }, words) {
  const counts = folded.map((text) => words.filter((word) => text.includes(word)).length);
  const most = Math.max(0, ...counts);
  return most ? pieces(texts[counts.indexOf(most)], words) : [];
}

/**
 * A few words around the first hit.
 *
 * @param {string} text
 * @param {string[]} words folded
 * @returns {Piece[]}
 */
export function pieces(text, words) {
  const hits = hitsIn(text, words);
  if (!hits.length) return [];
  const from = atWord(text, Math.max(0, hits[0][0] - BEFORE), hits[0][0]);
  const to = beforeWord(text, Math.min(text.length, hits[0][1] + AFTER), hits[0][1]);
  /** @type {Piece[]} */
  const said = [];
  let at = from;
  const add = (/** @type {number} */ end, /** @type {boolean} */ isHit) => {
    if (end > at) said.push({ text: text.slice(at, end), isHit });
    at = end;
  };
  for (const [begin, end] of hits.filter(([, end]) => end <= to)) {
    add(begin, false);
    add(end, true);
  }
  add(to, false);
  if (from > 0) said.unshift({ text: "… ", isHit: false });
  if (to < text.length) said.push({ text: " …", isHit: false });
  return said;
}

/** The next beginning of a word, so that no half word stands there. @param {string} text @param {number} at @param {number} most */
function atWord(text, at, most) {
  if (at === 0) return 0;
  const space = text.slice(at, most).search(/\s/);
  return space < 0 ? most : at + space + 1;
}

/** @param {string} text @param {number} at @param {number} least */
function beforeWord(text, at, least) {
  if (at === text.length) return at;
  const cut = text.slice(least, at);
  const space = cut.search(/\s\S*$/);
  return space < 0 ? at : least + space;
}
