// A note to read: title, dates, and each question with its answer. On the screen, on paper and in a file.
import { date, moment } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { gettext, pgettext } from "../lib/messages.js";

/** @import { Answer, NoteText, Title } from "./note-text.js" */

/** @param {NoteText} note @returns {HTMLElement} */
export function noteView(note) {
  const { title, lang, created, changed, parts } = note;
  const none = h("p", { text: pgettext("a note without an answer", "Nothing written yet.") });
  return h(
    "article",
    { class: "read" },
    h("h2", { tabindex: "-1", ...spoken(lang) }, title),
    h("p", { class: "small", text: dates(created, changed) }),
    ...(parts.length
      ? parts.flatMap((part) => [...head(part), ...part.answers.map(block)])
      : [none]),
  );
}

/** @param {Title} part */
const head = ({ title, lang }) => (title ? [h("h3", spoken(lang), title)] : []);

/** A question and its answer, kept together. @param {Answer} answer @returns {HTMLElement} */
function block({ label, lang, texts, items = [] }) {
  const question = label ? [h("p", { class: "asked", ...spoken(lang) }, label)] : [];
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

/** @param {string} [lang] what is English for want of a translation */
const spoken = (lang) => (lang ? { lang, dir: "ltr" } : {});

/** @param {number} created @param {number} changed ms since 1970 */
function dates(created, changed) {
  const days = { begun: date(new Date(created)), changed: date(new Date(changed)) };
  if (days.begun === days.changed) return moment(changed);
  return gettext("Begun %(begun)s, last changed %(changed)s", days);
}
