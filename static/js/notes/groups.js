// The list under headings: by month, or by worksheet. Pure.

/** @import { Row } from "./rows.js" */

/** @typedef {"date" | "worksheet"} Order */

/**
 * @typedef {object} Group
 * @property {string} key tells groups apart
 * @property {Row[]} rows
 * @property {number} [month] a moment in it, ms since 1970: the heading is its month
 * @property {Row} [like] a row of it: the heading is its title
 */

/** @param {Row[]} rows newest first @param {Order} order @returns {Group[]} */
export function groupsOf(rows, order) {
  return order === "worksheet" ? byWorksheet(rows) : byMonth(rows);
}

/** @param {Row[]} rows @returns {Group[]} */
function byMonth(rows) {
  return grouped(rows, ({ changed }) => {
    // Nothing is known of what can't be opened: it comes last, under a heading of its own.
    if (changed === undefined) return { key: "unknown" };
    const when = new Date(changed);
    return { key: `${when.getFullYear()}-${when.getMonth() + 1}`, month: changed };
  });
}

/** What was written last comes first, of the groups as within them. @param {Row[]} rows @returns {Group[]} */
function byWorksheet(rows) {
  return grouped(rows, (row) => ({
    key: row.worksheet ? `worksheet ${row.worksheet}` : row.what,
    like: row,
  }));
}

/** @param {Row[]} rows @param {(row: Row) => Omit<Group, "rows">} about @returns {Group[]} */
function grouped(rows, about) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const row of rows) {
    const group = about(row);
    const known = groups.get(group.key);
    if (known) known.rows.push(row);
    else groups.set(group.key, { ...group, rows: [row] });
  }
  return [...groups.values()];
}
