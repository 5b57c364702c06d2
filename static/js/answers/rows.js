// Decides what the list shows of each entry. Pure functions: no storage, no elements.
import { readingPath } from "./address.js";

/** @import { Summary } from "../data/entry-view.js" */
/** @import { Practice } from "../data/practice.js" */
/** @import { Piece } from "../platform/passage.js" */

/** @typedef {"server" | "phone" | "long"} Kept backed up, only on this phone, or too long for the backup */

/** @typedef {{id: string, passage: () => Piece[]}} Found `passage` returns nothing if only the title has the words */

/**
 * One row of the list.
 * @typedef {object} Row
 * @property {string} id
 * @property {"worksheet" | "practice" | "kind-words" | "newer" | "gone" | "unreadable"} what
 * @property {string} [worksheet] slug, if there is such a worksheet in the page's language
 * @property {Practice} [practice] content of a practice note
 * @property {number} [changed] ms since 1970; undefined if the entry can't be opened
 * @property {"versions" | Kept | undefined} place two versions, or where the note is kept
 * @property {string} [address] path of the page that shows it, below the language
 * @property {string} [print] path of the page that prints it
 * @property {Record<string, string>} [texts] first lines of the answers that are texts, by field
 * @property {boolean} copies whether it can be copied as a new note
 * @property {() => Piece[]} [passage] returns the passage that the search found, while there is a search
 */

const KIND_WORDS = "kind-words";
/** The kind of the entry that holds the notes chosen for an appointment. */
export const APPOINTMENT = "appointment";
/** Kinds of entries that belong to the help page or the appointment. They aren't notes to read. */
export const CHOICES = new Set(["choices", "person", APPOINTMENT]);

/**
 * Return the rows of the list.
 *
 * @param {{entries: Summary[], unreadable: string[]}} list as the vault returns it, newest first
 * @param {ReadonlySet<string>} worksheets slugs of all existing worksheets
 * @param {(id: string) => Kept} [keptAt] without it, the rows say nothing about backup
 * @returns {Row[]}
 */
export function rowsOf({ entries, unreadable }, worksheets, keptAt) {
  const shown = entries.filter(
    ({ kind, filled }) => !CHOICES.has(kind) && (kind !== KIND_WORDS || filled > 0),
  );
  return [
    ...shown.map((entry) => row(entry, worksheets, keptAt)),
    ...unreadable.map((id) => blank(id, "unreadable")),
  ];
}

/** Count the notes. The kind words don't count, because they belong to the help page. @param {Row[]} rows */
export function countNotes(rows) {
  return rows.filter(({ what }) => what !== "kind-words").length;
}

/**
 * @param {Summary} entry
 * @param {ReadonlySet<string>} worksheets
 * @param {(id: string) => Kept} [keptAt]
 * @returns {Row}
 */
function row(entry, worksheets, keptAt) {
  const { id, changed } = entry;
  const place = placeOf(entry, keptAt);
  return { ...blank(id, whatOf(entry, worksheets)), ...links(entry, worksheets), changed, place };
}

/** @param {Summary} entry @param {(id: string) => Kept} [keptAt] @returns {Row["place"]} */
function placeOf({ id, conflicts }, keptAt) {
  if (conflicts) return "versions";
  return keptAt?.(id);
}

/** @param {string} id @param {Row["what"]} what @returns {Row} */
const blank = (id, what) => ({ id, what, place: undefined, copies: false });

/** @param {Summary} entry @param {ReadonlySet<string>} worksheets @returns {Row["what"]} */
function whatOf({ kind, worksheet }, worksheets) {
  if (kind === KIND_WORDS) return "kind-words";
  if (kind === "practice") return "practice";
  if (kind !== "worksheet") return "newer";
  return worksheets.has(worksheet ?? "") ? "worksheet" : "gone";
}

/** @param {Summary} entry @param {ReadonlySet<string>} worksheets @returns {Partial<Row>} */
function links(entry, worksheets) {
  const { id, kind, worksheet, texts, practice } = entry;
  const edit = editPath(entry, worksheets);
  if (kind === KIND_WORDS) return { address: edit };
  const address = readingPath(id);
  if (practice) return { practice, address };
  if (kind !== "worksheet") return {};
  if (!edit) return { address };
  return { worksheet, texts, address, print: `${edit}&print`, copies: true };
}

/**
 * Return the path of the page that changes an entry, below the language.
 *
 * @param {Pick<Summary, "id" | "kind" | "worksheet">} entry
 * @param {ReadonlySet<string>} worksheets slugs of all existing worksheets
 * @returns {string | undefined} undefined if there is none
 */
export function editPath({ id, kind, worksheet }, worksheets) {
  if (kind === KIND_WORDS) return "help";
  if (kind === "practice") return `notes/practice#e=${id}`;
  if (kind !== "worksheet" || !worksheet || !worksheets.has(worksheet)) return undefined;
  return `worksheets/${worksheet}#e=${id}`;
}

/**
 * Return the rows that the search found, each with its passage.
 *
 * @param {Row[]} rows
 * @param {Found[]} found
 * @returns {Row[]} in the order of `rows`
 */
export function foundRows(rows, found) {
  const passages = new Map(found.map(({ id, passage }) => [id, passage]));
  return rows.flatMap((row) => {
    const passage = passages.get(row.id);
    return passage ? [{ ...row, passage }] : [];
  });
}
