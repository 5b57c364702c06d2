// Draws a note to read: title, dates, and the letter or each question with its answer. The screen, the printed page and
// the exported page all use it.
import { date, moment } from "../../platform/dates.js";
import { h } from "../../platform/dom.js";
import { gettext, pgettext } from "../../platform/i18n.js";

/** @import { Answer, Part } from "./note-text.js" */
/** @import { ReadingNote } from "./reading-view.js" */

/** @param {ReadingNote} note @returns {HTMLElement} */
export function noteView({ title, lang, begun, changed, letter, parts }) {
  return h(
    "article",
    { class: "read" },
    h("h2", { tabindex: "-1", ...langOf(lang) }, title),
    h("p", { class: "small", text: dates(begun, changed) }),
    ...letterView(letter),
    ...(letter.length && !parts.length ? [] : partsView(parts, "h3")),
  );
}

/** Draw the paragraphs of a letter. @param {string[]} letter @returns {HTMLElement[]} */
export const letterView = (letter) =>
  letter.map((text) => h("p", { class: "said", dir: "auto" }, text));

/**
 * Draw the parts of a note, each with its heading.
 * @param {Part[]} parts
 * @param {"h2" | "h3"} level of the headings
 * @returns {HTMLElement[]}
 */
export function partsView(parts, level) {
  if (!parts.length) {
    return [h("p", { text: pgettext("a note without an answer", "Nothing written yet.") })];
  }
  return parts.flatMap(({ title, lang, answers }) => [
    ...(title ? [h(level, langOf(lang), title)] : []),
    ...answers.map(block),
  ]);
}

/** Draw a question and its answer in one element. @param {Answer} answer @returns {HTMLElement} */
function block({ label, lang, texts, items = [] }) {
  const question = label ? [h("p", { class: "asked", ...langOf(lang) }, label)] : [];
  const versions = texts.map((text, at) => [
    ...(texts.length > 1 ? [versionLine(at)] : []),
    h("p", { class: "said", dir: "auto" }, text),
  ]);
  const groups = items.map((item) =>
    h(
      "div",
      { class: "read-item" },
      h("p", { class: "small", text: item.label }),
      ...item.answers.map(block),
    ),
  );
  return h("div", { class: "read-block" }, ...question, ...versions.flat(), ...groups);
}

/** @param {number} at */
function versionLine(at) {
  const text = at
    ? pgettext("above one of two versions of an answer", "Another version")
    : gettext("The newest version");
  return h("p", { class: "small", text });
}

/** Return the attributes that mark a text without a translation. @param {string} [lang] of such a text */
export const langOf = (lang) => (lang ? { lang, dir: "ltr" } : {});

/**
 * Write both dates. If they are the same day, write only the time of the last change.
 *
 * @param {number} begun ms since 1970
 * @param {number} changed ms since 1970
 */
function dates(begun, changed) {
  const days = { begun: date(new Date(begun)), changed: date(new Date(changed)) };
  if (days.begun === days.changed) return moment(changed);
  return gettext("Begun %(begun)s, last changed %(changed)s", days);
}
