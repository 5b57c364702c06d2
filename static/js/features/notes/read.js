// Reads the chosen notes in full, to be shown in large letters or printed.
import { date } from "../../platform/dates.js";
import { h } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { loadWorksheets } from "../../answers/worksheets.js";
import { namesOf } from "./names.js";
import { noteView } from "./note-view.js";
import { reading } from "./reading-view.js";
import { allKept } from "./search.js";

/** @import { Vault } from "../../data/entries.js" */
/** @import { ReadingNote } from "./reading-view.js" */

/**
 * Read these notes.
 *
 * @param {Vault} vault
 * @param {ParentNode} page with the titles
 * @param {ReadonlySet<string>} ids
 * @returns {Promise<ReadingNote[]>} last changed first
 */
export async function readNotes(vault, page, ids) {
  const [entries, worksheets] = await Promise.all([allKept(vault), loadWorksheets()]);
  const names = namesOf(page);
  return entries
    .filter(({ id }) => ids.has(id))
    .map((entry) => reading(entry, worksheets, names))
    .sort((a, b) => b.changed - a.changed);
}

/**
 * Draw notes for printing. The heading doesn't tell other people at the printer what the notes are about.
 *
 * @param {ReadingNote[]} notes
 */
export function onPaper(notes) {
  const title = gettext("My notes, %(date)s", { date: date(new Date()) });
  return [h("h1", { text: title }), ...notes.map(noteView)];
}
