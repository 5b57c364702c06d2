// Draws one note on its own page: a letter as a letter, every other note as questions with their answers.
import { isOfLetter, LETTER, letterOf } from "../../answers/letter.js";
import { h } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { noteText } from "./note-text.js";
import { partsView } from "./note-view.js";

/** @import { Worksheets } from "../../answers/worksheets.js" */
/** @import { Entry } from "../../data/entry-view.js" */
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
  const exported = { ...entry, seen, fields: Object.fromEntries(fields) };
  const note = noteText(exported, worksheets, names, now);
  const questions = worksheets.questionsOf(entry.worksheet, entry.revision);
  // Two versions of an answer are shown beside each other, with their question.
  const isLetter = entry.worksheet === LETTER && questions && !entry.conflicts.length;
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
    ...(letter.length
      ? letter.map((text) => h("p", { class: "said", dir: "auto" }, text))
      : partsView(parts, "h2")),
  );
  if (!letter.length || !parts.length) return [paper];
  return [paper, h("section", { class: "paper" }, ...partsView(parts, "h2"))];
}
