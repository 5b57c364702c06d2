// Which week somebody has chosen to see on their home page: that of a link, or where they are in the programme. A choice,
// remembered on this phone; nothing counts it.
import { recall, remember } from "../lib/memory.js";
import { format, parse } from "./link.js";

const LINK = "this-week";
const WEEK = "programme-week";
/** How many rows home keeps a place for; theme.js reads it before the first paint. */
const ROWS = "week-rows";

/** @returns {string[]} the items of the link that is kept; none without one */
export function keptLink() {
  return parse(recall(LINK) ?? "").items;
}

/** @param {string[]} items none forgets */
export function keepLink(items) {
  remember(LINK, items.length ? format(items) : null);
  if (items.length) remember(ROWS, String(items.length));
  else if (!keptWeek()) remember(ROWS, null);
}

/** @returns {number} from 1; 0 without one */
export function keptWeek() {
  const week = Number(recall(WEEK));
  return Number.isInteger(week) && week > 0 ? week : 0;
}

/** @param {number} week 0 forgets @param {number} [rows] how many things it names */
export function keepWeek(week, rows = 0) {
  remember(WEEK, week ? String(week) : null);
  if (!keptLink().length) remember(ROWS, week ? String(rows) : null);
}

/** What home shows has another number of rows than was thought. @param {number} rows 0 where there is nothing to show */
export function keepRows(rows) {
  remember(ROWS, rows ? String(rows) : null);
}
