/** A practice note in words, in the page's language. */
import { date } from "../lib/dates.js";
import { gettext, number, pgettext } from "../lib/messages.js";
import { day } from "../worksheet/values.js";

/** @import { Practice } from "../data/practice.js" */

/** @typedef {Pick<Practice, "before" | "after">} Levels */

/** "5 → 7", to look at; "" when neither was given. @param {Levels} levels */
export function arrow({ before, after }) {
  if (before !== null && after !== null) {
    const values = { before: number(before), after: number(after) };
    // Translators: before and after listening; the arrow points the way your language is read
    return pgettext("how somebody was before and after", "%(before)s → %(after)s", values);
  }
  return spoken({ before, after });
}

/** "5 before, 7 after", to be read aloud. @param {Levels} levels */
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

/** To paste somewhere else. @param {string} title @param {Levels & Pick<Practice, "day" | "words">} note */
export function noteAsText(title, { day: when, words, ...levels }) {
  const on = day(when);
  const ends = gettext("0 is very uneasy, 10 is at ease.");
  const said = spoken(levels);
  return [title, on ? date(on) : "", said && `${said} (${ends})`, words].filter(Boolean).join("\n");
}
