// Draws one note of the list. Template: pages/notes.html.
import { moment } from "../../platform/dates.js";
import { isComputer } from "../../platform/device.js";
import { h, icon, say } from "../../platform/dom.js";
import { gettext, locale, pgettext } from "../../platform/i18n.js";
import { arrow, spoken } from "../../answers/practice-text.js";
import { passageNodes } from "../../platform/passage.js";
import { firstLine, titleOf, titleText } from "../../answers/titles.js";
import { showsFirstLines } from "./first-lines.js";

/** @import { Order } from "./groups.js" */
/** @import { Row } from "../../answers/rows.js" */

/** The notes that can't be opened. The page says why. */
const EXPLAINED = new Set(["newer", "gone", "unreadable"]);
export const ICONS = { server: "cloud-check", phone: "mobile", long: "mobile", versions: "copy" };

/**
 * Fill in what never changes about a note.
 *
 * @param {HTMLElement} element
 * @param {Row} row
 * @param {HTMLElement} page
 * @param {Order} order
 */
export function dress(element, row, page, order) {
  const titleElement = part(element, "data-title");
  titleElement.id = `note-${row.id}`;
  // If the worksheet's title is the heading, the note's own title is its date. fill() writes the date.
  const title = isTitledByDate(row, order) ? "" : titleOf(page, row);
  const link = row.address && h("a", { href: `/${locale()}/${row.address}` }, title);
  titleElement.append(link || title);
  if (EXPLAINED.has(row.what)) {
    const about = page.querySelector(`template[data-about="${row.what}"]`);
    const line = part(element, "data-about");
    line.append(/** @type {HTMLTemplateElement} */ (about).content.cloneNode(true));
    line.hidden = false;
  }
  // The kind words have no buttons here: the user changes them on the help page.
  part(element, "data-more").hidden = row.what === "kind-words";
}

/**
 * Make a note's buttons. Call this when the note is first unfolded, because most notes never are.
 *
 * @param {Row} row
 * @param {HTMLElement} page
 * @returns {HTMLElement}
 */
export function actionsOf(row, page) {
  const template = page.querySelector("template[data-note-actions]");
  const content = /** @type {HTMLTemplateElement} */ (template).content.firstElementChild;
  const actions = /** @type {HTMLElement} */ (content?.cloneNode(true));
  actions.setAttribute("aria-labelledby", `note-${row.id}`);
  part(actions, "data-copy").hidden = !row.copies;
  part(actions, "data-text").hidden = !row.practice;
  part(actions, "data-bring").hidden = !row.address;
  const print = part(actions, "data-print");
  print.hidden = !row.print;
  if (row.print) print.setAttribute("href", `/${locale()}/${row.print}`);
  return actions;
}

/**
 * Update what may change about a note.
 *
 * @param {HTMLElement} element
 * @param {Row} row
 * @param {HTMLElement} page
 * @param {Order} order
 */
export function fill(element, row, page, order) {
  const when = row.changed === undefined ? "" : moment(row.changed);
  const byDate = isTitledByDate(row, order);
  if (byDate) say(part(element, "data-title").firstElementChild ?? element, when);
  const words = part(element, "data-when");
  const text = byDate ? placeOnly(row) : dateAndPlace(row, when);
  if (words.textContent !== text) {
    say(words, text);
    part(element, "data-mark").replaceChildren(...(row.place ? [icon(ICONS[row.place])] : []));
  }
  if (row.practice) fillPractice(part(element, "data-practice"), row.practice);
  fillPassage(part(element, "data-passage"), row.passage);
  fillFirstLine(part(element, "data-first"), row, page);
  const title = titleText(page, row);
  const name = gettext("More for %(title)s, %(date)s", { title, date: when });
  part(element, "data-more").setAttribute("aria-label", when ? name : title);
}

/** Return whether the date stands in place of the note's title. @param {Row} row @param {Order} order */
const isTitledByDate = ({ worksheet }, order) => order === "worksheet" && worksheet !== undefined;

/** @param {HTMLElement} line @param {import("../../data/practice.js").Practice} practice */
function fillPractice(line, practice) {
  line.hidden = !(spoken(practice) || practice.words);
  say(part(line, "data-arrow"), arrow(practice));
  say(part(line, "data-spoken"), spoken(practice));
  part(line, "data-words").textContent = practice.words;
}

/** Show the passage that the search found, if any. @param {HTMLElement} line @param {Row["passage"]} passage */
function fillPassage(line, passage) {
  const nodes = passageNodes(passage);
  line.hidden = !nodes.length;
  line.replaceChildren(...nodes);
}

/**
 * Show the note's first line, unless the search shows the passage that it found.
 *
 * @param {HTMLElement} line
 * @param {Row} row
 * @param {HTMLElement} page
 */
function fillFirstLine(line, row, page) {
  const text = row.passage || !showsFirstLines() ? "" : firstLine(page, row);
  line.hidden = !text;
  if (line.textContent !== text) line.textContent = text;
}

/** Return the date and where the note is stored. @param {Pick<Row, "place">} row @param {string} date */
export function dateAndPlace(row, date) {
  if (row.place === "versions") return gettext("%(date)s · two versions", { date });
  if (row.place === "server") return gettext("%(date)s · backed up", { date });
  if (row.place === "phone") {
    return isComputer()
      ? gettext("%(date)s · only on this computer", { date })
      : gettext("%(date)s · only on this phone", { date });
  }
  if (row.place === "long") return gettext("%(date)s · too long for the backup", { date });
  return date;
}

/** Return where the note is stored. @param {Row} row */
function placeOnly(row) {
  if (row.place === "versions") return pgettext("about a note, under its date", "two versions");
  if (row.place === "server") return pgettext("about a note, under its date", "backed up");
  if (row.place === "phone") {
    return isComputer()
      ? pgettext("about a note, under its date", "only on this computer")
      : pgettext("about a note, under its date", "only on this phone");
  }
  if (row.place === "long") {
    return pgettext("about a note, under its date", "too long for the backup");
  }
  return "";
}

/** @param {HTMLElement} element @param {string} attribute @returns {HTMLElement} */
function part(element, attribute) {
  return /** @type {HTMLElement} */ (element.querySelector(`[${attribute}]`));
}
