// Collects the practice of the last weeks from practice notes and the practice diary, for the picture and its table.
// Pure functions.
import { pastDay } from "./values.js";

/** @import { Summary } from "../data/entry-view.js" */

/** Enough weeks to see how practice goes. More would be too small to read on a phone. */
export const WEEKS = 8;
const MINUTES_A_DAY = 24 * 60;

/**
 * One time of practice that the user noted.
 * @typedef {object} Time
 * @property {string} id of the note
 * @property {string} [worksheet] slug, if this is a page of the diary
 * @property {string} recording slug, if this is a practice note
 * @property {Date} day
 * @property {number} week 0 for the first of the weeks
 * @property {number} within how far into that week, 0 to 1
 * @property {number | null} before 0 to 10
 * @property {number | null} after 0 to 10
 * @property {string} words
 */

/** @typedef {{from: Date, times: Time[]}} Weeks `from` is the first week's first day; `times` are newest first */

/**
 * Collect the times of practice in the last weeks.
 *
 * @param {Summary[]} entries
 * @param {Date} [now]
 * @param {number} [firstDay] of a week: 1 is Monday, 7 is Sunday
 * @returns {Weeks}
 */
export function weeksOf(entries, now = new Date(), firstDay = 1) {
  const from = firstDayShown(now, firstDay);
  const times = entries
    .map((entry) => timeOf(entry, from, now))
    .filter((time) => time !== null)
    .filter(({ week }) => week >= 0 && week < WEEKS)
    .sort((a, b) => b.week - a.week || b.within - a.within);
  return { from, times };
}

/** @param {Date} now @param {number} firstDay */
function firstDayShown(now, firstDay) {
  const back = (now.getDay() + 7 - (firstDay % 7)) % 7;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - back - 7 * (WEEKS - 1));
}

/** @param {Summary} entry @param {Date} from @param {Date} now @returns {Time | null} */
function timeOf({ id, practice, diary, worksheet, created }, from, now) {
  const noted = practice ?? diary;
  if (!noted) return null;
  const creation = new Date(created);
  const when = pastDay(noted.day, now.getTime()) ?? midnight(creation);
  const days = daysBetween(from, when);
  const week = Math.floor(days / 7);
  // By this clock, the note may not have been made on the noted day, such as after a journey. Then assume midday.
  const isSameDay = midnight(creation).getTime() === when.getTime();
  const clock = isSameDay
    ? (creation.getHours() * 60 + creation.getMinutes()) / MINUTES_A_DAY
    : 0.5;
  const { recording, before, after, words } = noted;
  return {
    id,
    ...(diary && { worksheet }),
    recording,
    day: when,
    week,
    within: (days - 7 * week + clock) / 7,
    before,
    after,
    words,
  };
}

/** @param {Date} when */
const midnight = (when) => new Date(when.getFullYear(), when.getMonth(), when.getDate());

/** Count days. Round, because a day on which the clocks change is shorter or longer. @param {Date} a @param {Date} b */
const daysBetween = (a, b) => Math.round((b.getTime() - a.getTime()) / 86_400_000);

/**
 * Count how often the number was higher afterwards, the same, or lower.
 *
 * @param {Pick<Time, "before" | "after">[]} times
 */
export function compare(times) {
  const changes = times.flatMap(({ before, after }) =>
    before === null || after === null ? [] : [Math.sign(after - before)],
  );
  const count = (/** @type {number} */ sign) => changes.filter((change) => change === sign).length;
  return { more: count(1), same: count(0), less: count(-1) };
}
