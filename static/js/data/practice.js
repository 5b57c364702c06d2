/** Read practice notes from any phone and any version of the app. All functions are pure. */

/** @import { Version } from "./entry.js" */

/** The kind of a practice note. Its fields have the names of the properties of Practice. */
export const PRACTICE = "practice";

/**
 * The worksheet that asks the same questions about any practice. Its fields have the same names, but it has no field
 * for the recording.
 */
export const DIARY = "practice-diary";

/** The highest value of a slider. 0 is very uneasy, 10 is at ease. */
export const MOST = 10;

/**
 * @typedef {object} Practice
 * @property {string} recording slug; "" if it isn't known
 * @property {string} version "full", "short" or ""
 * @property {string} day of listening in the listener's time zone, such as "2026-11-22", or ""
 * @property {number | null} before 0 to 10
 * @property {number | null} after 0 to 10
 * @property {string} words one line
 */

/**
 * Read a practice from the fields of an entry. If a field has several versions, use the newest.
 *
 * @param {Record<string, Pick<Version, "value">[]>} fields newest version of each first
 * @returns {Practice}
 */
export function practiceOf(fields) {
  const newest = (/** @type {string} */ name) =>
    Object.hasOwn(fields, name) ? fields[name]?.[0]?.value : undefined;
  return {
    recording: text(newest("recording")),
    version: text(newest("version")),
    day: text(newest("day")),
    before: level(newest("before")),
    after: level(newest("after")),
    words: text(newest("words")),
  };
}

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : "");

/** @param {unknown} value */
const level = (value) => (typeof value === "number" && value >= 0 && value <= MOST ? value : null);
