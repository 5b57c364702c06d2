/** A practice note in words, in the page's language. */
import { date } from "../platform/dates.js";
import { gettext, number, pgettext } from "../platform/i18n.js";
import { pastDay } from "./values.js";

/** @import { Practice } from "../data/practice.js" */

/** @typedef {Pick<Practice, "before" | "after">} Levels */

/** Return "5 → 7", for display. With fewer than two levels, return the result of `spoken`. @param {Levels} levels */
export function arrow({ before, after }) {
  if (before !== null && after !== null) {
    const values = { before: number(before), after: number(after) };
    // Translators: before and after listening; the arrow points the way your language is read
    return pgettext("how somebody was before and after", "%(before)s → %(after)s", values);
  }
  return spoken({ before, after });
}

/** Return "5 before, 7 after", for screen readers; "" if neither is given. @param {Levels} levels */
export function spoken({ before, after }) {
  if (before !== null && after !== null) {
    const values = { before: number(before), after: number(after) };
    return gettext("%(before)s before, %(after)s after", values);
  }
  if (before !== null) {
    return pgettext("how somebody was", "%(num)s before", { num: number(before) });
  }
  return after === null
    ? ""
    : pgettext("how somebody was", "%(num)s after", { num: number(after) });
}

/** Return the note as text for copying. @param {string} title @param {Levels & Pick<Practice, "day" | "words">} note */
export function noteAsText(title, { day: when, words, ...levels }) {
  const listened = pastDay(when, Date.now());
  const ends = gettext("0 is very uneasy, 10 is at ease.");
  const level = spoken(levels);
  return [title, listened ? date(listened) : "", level && `${level} (${ends})`, words]
    .filter(Boolean)
    .join("\n");
}
