// Groups the list of notes under headings, by month or by worksheet. Pure functions.

/** @import { Row } from "../../answers/rows.js" */

/** @typedef {"date" | "worksheet"} Order */

/**
 * @typedef {object} Group
 * @property {string} key identifies the group
 * @property {Row[]} rows
 * @property {number} [month] a time in the month that is the heading, ms since 1970
 * @property {Row} [like] a row of the group whose title is the heading
 */

/** @param {Row[]} rows newest first @param {Order} order @returns {Group[]} */
export function groupsOf(rows, order) {
  return order === "worksheet" ? byWorksheet(rows) : byMonth(rows);
}

/** @param {Row[]} rows @returns {Group[]} */
function byMonth(rows) {
  return grouped(rows, ({ changed }) => {
    // The time of an entry that can't be opened isn't known. Such entries come last, under a heading of their own.
    if (changed === undefined) return { key: "unknown" };
    const when = new Date(changed);
    return { key: `${when.getFullYear()}-${when.getMonth() + 1}`, month: changed };
  });
}

/** Group by worksheet. The group with the newest note comes first. @param {Row[]} rows @returns {Group[]} */
function byWorksheet(rows) {
  return grouped(rows, (row) => ({
    key: row.worksheet ? `worksheet ${row.worksheet}` : row.what,
    like: row,
  }));
}

/**
 * Group rows by key, in the order in which the keys first occur.
 *
 * @param {Row[]} rows
 * @param {(row: Row) => Omit<Group, "rows">} groupOf
 * @returns {Group[]}
 */
function grouped(rows, groupOf) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const row of rows) {
    const group = groupOf(row);
    const existing = groups.get(group.key);
    if (existing) existing.rows.push(row);
    else groups.set(group.key, { ...group, rows: [row] });
  }
  return [...groups.values()];
}
