// Gives note-text.js the page's words for titles, labels and values. The titles are in components/note-titles.jinja.
import { number, pgettext } from "../../platform/i18n.js";
import { speech } from "../../answers/fields.js";
import { titleOfRecording } from "../../answers/titles.js";

/** @import { Names, Title } from "./note-text.js" */

/** @param {ParentNode} page with the titles @returns {Names} */
export function namesOf(page) {
  return {
    title: (kind) => titleIn(page.querySelector(`template[data-title="${kind}"]`)),
    recording: (slug) => titleIn(titleOfRecording(page, slug)),
    practice: practiceLabel,
    item: (_, num) =>
      pgettext("heading of one of a repeated group", "Number %(num)s", { num: number(num) }),
    speech,
  };
}

/** @param {Element | DocumentFragment | null} source @returns {Title} */
function titleIn(source) {
  const content = source instanceof HTMLTemplateElement ? source.content : source;
  const lang = content?.querySelector("[lang]")?.getAttribute("lang");
  return { title: content?.textContent?.trim() ?? "", ...(lang && { lang }) };
}

/** Return the label of a field of a practice note. @param {string} name */
function practiceLabel(name) {
  if (name === "day") return pgettext("column of a table", "Day");
  if (name === "before") return pgettext("label of a slider: how somebody is", "Before listening");
  if (name === "after") return pgettext("label of a slider: how somebody is", "After listening");
  return pgettext("column of a table", "Note");
}
