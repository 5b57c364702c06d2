// Remembers which week the user wants to see on the home page: the week of a link, or where they are in the programme.
// The choice is stored on this phone only, and no statistics count it.
import { recall, remember } from "../../platform/storage.js";
import { format, parse } from "./week-link.js";

const LINK = "this-week";
const WEEK = "programme-week";
/** How many rows the home page reserves space for. theme.js reads it before the first paint. */
const ROWS = "week-rows";

/** Return the items of the remembered link. @returns {string[]} empty if there is none */
export function recallLink() {
  return parse(recall(LINK) ?? "").items;
}

/** Remember the items of a link. @param {string[]} items an empty list forgets the link */
export function rememberLink(items) {
  remember(LINK, items.length ? format(items) : null);
  if (items.length) remember(ROWS, String(items.length));
  else if (!recallWeek()) remember(ROWS, null);
}

/** Return the remembered week of the programme. @returns {number} from 1; 0 if there is none */
export function recallWeek() {
  const week = Number(recall(WEEK));
  return Number.isInteger(week) && week > 0 ? week : 0;
}

/**
 * Remember a week of the programme.
 *
 * @param {number} week 0 forgets it
 * @param {number} [rows] how many things the week names
 */
export function rememberWeek(week, rows = 0) {
  remember(WEEK, week ? String(week) : null);
  if (!recallLink().length) remember(ROWS, week ? String(rows) : null);
}

/** Remember how many rows the home page really shows. @param {number} rows 0 if there is nothing to show */
export function keepRows(rows) {
  remember(ROWS, rows ? String(rows) : null);
}
