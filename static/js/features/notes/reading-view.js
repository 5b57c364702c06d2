// Turns a note into what is read of it: of a letter the letter, of every other note questions with their answers. Draws
// it on the note's own page.
import { isOfLetter, LETTER, letterOf } from "../../answers/letter.js";
import { h } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { noteText, valuesOf } from "./note-text.js";
import { letterView, partsView } from "./note-view.js";

/** @import { Worksheets } from "../../answers/worksheets.js" */
/** @import { Entry, ExportedEntry } from "../../data/entry-view.js" */
/** @import { Names, NoteText, Part } from "./note-text.js" */

/** @typedef {NoteText & {letter: string[]}} ReadingNote `letter`: its paragraphs, if the note is a letter */

/**
 * Turn an opened entry into what its page shows.
 *
 * @param {Entry} entry
 * @param {Worksheets} worksheets
 * @param {Names} names
 * @param {number} [now] ms since 1970
 * @returns {ReadingNote}
 */
export function readingNote(entry, worksheets, names, now = Date.now()) {
  const fields = Object.entries(entry.fields).map(([name, versions]) => [
    name,
    versions.map(({ value, changed }) => ({ value, counter: changed })),
  ]);
  const seen = { "": entry.changed };
  return reading({ ...entry, seen, fields: Object.fromEntries(fields) }, worksheets, names, now);
}

/**
 * Turn an exported entry into what is read of it.
 *
 * @param {ExportedEntry} entry
 * @param {Worksheets} worksheets
 * @param {Names} names
 * @param {number} [now] ms since 1970
 * @returns {ReadingNote}
 */
export function reading(entry, worksheets, names, now = Date.now()) {
  const note = noteText(entry, worksheets, names, now);
  const questions = worksheets.questionsOf(entry.worksheet, entry.revision);
  // Two versions of an answer are shown beside each other, with their question.
  const isOne = Object.keys(entry.fields).every((name) => valuesOf(entry.fields, name).length < 2);
  const isLetter = entry.worksheet === LETTER && questions && isOne;
  const letter = isLetter ? letterOf(entry, questions) : [];
  return letter.length
    ? { ...note, letter, parts: aboutLetter(note.parts) }
    : { ...note, letter: [] };
}

/** Return one part with the answers that aren't in the letter. @param {Part[]} parts @returns {Part[]} */
function aboutLetter(parts) {
  const answers = parts
    .flatMap((part) => part.answers)
    .filter(({ name, type }) => !isOfLetter(name, type));
  return answers.length ? [{ title: gettext("About this letter"), answers }] : [];
}

/** @param {ReadingNote} note @returns {HTMLElement[]} */
export function readingView({ letter, parts }) {
  const paper = h(
    "div",
    { class: "card plain paper" },
    ...(letter.length ? letterView(letter) : partsView(parts, "h2")),
  );
  if (!letter.length || !parts.length) return [paper];
  return [paper, h("section", { class: "paper" }, ...partsView(parts, "h2"))];
}
