/** What a practice note says, whichever phone and version wrote it. Pure. */

/** @import { Version } from "./entry.js" */

/** The kind of such an entry. Its fields are those of Practice, by the same names. */
export const PRACTICE = "practice";

/** The worksheet that asks the same of any practice; its fields have the same names, but for the recording. */
export const DIARY = "practice-diary";

/** Sliders go from 0, very uneasy, to 10, at ease. */
export const MOST = 10;

/**
 * @typedef {object} Practice
 * @property {string} recording slug; "" when it isn't known
 * @property {string} version "full", "short" or ""
 * @property {string} day on which it was listened to, where the listener was: "2026-11-22", or ""
 * @property {number | null} before 0 to 10
 * @property {number | null} after 0 to 10
 * @property {string} words one line
 */

/**
 * @param {Record<string, Pick<Version, "value">[]>} fields newest version of each first
 * @returns {Practice} of two versions the newer one
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
