// What the list says of each entry. Pure: no storage, no elements.

/** @import { Summary } from "../data/entry-view.js" */
/** @import { Practice } from "../data/practice.js" */
/** @import { Found, Piece } from "./find.js" */

/**
 * One row of the list.
 * @typedef {object} Row
 * @property {string} id
 * @property {"worksheet" | "practice" | "kind-words" | "newer" | "gone" | "unreadable"} what
 * @property {string} [worksheet] slug, when it is one of this language's worksheets
 * @property {Practice} [practice] what a practice note says
 * @property {number} [changed] ms since 1970; nothing is known of an entry that can't be opened
 * @property {"versions" | "server" | "phone" | undefined} place two versions to choose from, backed up, or only here
 * @property {string} [address] where it opens, below the language
 * @property {string} [print] where it is printed
 * @property {boolean} copies whether it can be copied as another note
 * @property {() => Piece[]} [passage] what was found in it, while something is searched
 */

const KIND_WORDS = "kind-words";
/** The notes that somebody chose for their appointment. */
export const APPOINTMENT = "appointment";
/** What somebody chose, for the help page or the appointment, is nothing to read among notes. */
export const CHOICES = new Set(["choices", APPOINTMENT]);

/**
 * @param {{entries: Summary[], unreadable: string[]}} list as the vault gives it, newest first
 * @param {ReadonlySet<string>} worksheets slugs of the worksheets that there are
 * @param {(id: string) => boolean} [isBackedUp] nothing is said about backup without it
 * @returns {Row[]}
 */
export function rowsOf({ entries, unreadable }, worksheets, isBackedUp) {
  const shown = entries.filter(
    ({ kind, filled }) => !CHOICES.has(kind) && (kind !== KIND_WORDS || filled > 0),
  );
  return [
    ...shown.map((entry) => row(entry, worksheets, isBackedUp)),
    ...unreadable.map((id) => blank(id, "unreadable")),
  ];
}

/** How many of the rows are notes; the kind words belong to the help page. @param {Row[]} rows */
export function countNotes(rows) {
  return rows.filter(({ what }) => what !== "kind-words").length;
}

/**
 * @param {Summary} entry
 * @param {ReadonlySet<string>} worksheets
 * @param {(id: string) => boolean} [isBackedUp]
 * @returns {Row}
 */
function row(entry, worksheets, isBackedUp) {
  const { id, changed } = entry;
  const place = placeOf(entry, isBackedUp);
  return { ...blank(id, whatIs(entry, worksheets)), ...links(entry, worksheets), changed, place };
}

/** @param {Summary} entry @param {(id: string) => boolean} [isBackedUp] @returns {Row["place"]} */
function placeOf({ id, conflicts }, isBackedUp) {
  if (conflicts) return "versions";
  return isBackedUp && (isBackedUp(id) ? "server" : "phone");
}

/** @param {string} id @param {Row["what"]} what @returns {Row} */
const blank = (id, what) => ({ id, what, place: undefined, copies: false });

/** @param {Summary} entry @param {ReadonlySet<string>} worksheets @returns {Row["what"]} */
function whatIs({ kind, worksheet }, worksheets) {
  if (kind === KIND_WORDS) return "kind-words";
  if (kind === "practice") return "practice";
  if (kind !== "worksheet") return "newer";
  return worksheets.has(worksheet ?? "") ? "worksheet" : "gone";
}

/** @param {Summary} entry @param {ReadonlySet<string>} worksheets @returns {Partial<Row>} */
function links({ id, kind, worksheet, practice }, worksheets) {
  if (kind === KIND_WORDS) return { address: "help" };
  if (practice) return { practice, address: `notes/practice#e=${id}` };
  if (kind !== "worksheet" || !worksheet || !worksheets.has(worksheet)) return {};
  // After the #, so that not even the server learns which entry is opened.
  const address = `worksheets/${worksheet}#e=${id}`;
  return { worksheet, address, print: `${address}&print`, copies: true };
}

/** @param {Row[]} rows @param {Found[]} found @returns {Row[]} those that were found, with what was found in them */
export function foundRows(rows, found) {
  const passages = new Map(found.map(({ id, passage }) => [id, passage]));
  return rows.flatMap((row) => {
    const passage = passages.get(row.id);
    return passage ? [{ ...row, passage }] : [];
  });
}
