// Home: shows what a therapist chose with the user, or else the user's week of the programme. theme.js reserves the
// space before the first paint, so that nothing jumps.
import { h, href, toast } from "../../platform/dom.js";
import { drawing } from "../../platform/drawings.js";
import { fetchJson } from "../../platform/fetch-json.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { rememberLink, keepRows, rememberWeek, recallLink, recallWeek } from "./chosen-week.js";

/** @typedef {{title: string, small?: string, lang?: string}} Item */
/** @typedef {{items: Record<string, Item>, weeks: (Item & {items: string[]})[]}} Everything */

const root = document.documentElement;

/** @type {import("../../platform/page.js").Start} */
export default async function start(section) {
  if (!recallLink().length && !recallWeek()) return keepRows(0);
  try {
    /** @type {Everything} */
    const everything = await fetchJson(href("items.json"));
    section
      .querySelector("[data-drop]")
      ?.addEventListener("click", () => drop(section, everything));
    show(section, everything);
  } catch (error) {
    // Show home as it is without a week.
    delete root.dataset.weekRows;
    throw error;
  }
}

/**
 * Show the items of the therapist's link or, if there is no link, of the week.
 * @param {HTMLElement} section
 * @param {Everything} everything
 */
function show(section, everything) {
  const [link, number] = [recallLink(), recallWeek()];
  const week = link.length ? undefined : everything.weeks[number - 1];
  // Leave out items that the service no longer has.
  const items = (week?.items ?? link).filter((item) => item in everything.items);
  const next = items.length && week ? everything.weeks[number] : undefined;
  const count = items.length + (next ? 1 : 0);
  keepRows(count);
  if (!count) return void delete root.dataset.weekRows;
  root.dataset.weekRows = String(count);
  const title = section.querySelector("[data-title]");
  if (title instanceof HTMLElement) withText(title, week?.title ?? "", week?.lang);
  const rows = items.map((item) => row(section, item, everything.items[item]));
  if (next) rows.push(nextRow(section, next, number + 1));
  section.querySelector("ul")?.replaceChildren(...rows);
  const more = section.querySelector("[data-more]");
  if (more instanceof HTMLAnchorElement) more.hash = week ? `week-${number}` : "";
}

/**
 * Take the link or the week off the home page, and offer to undo it.
 * @param {HTMLElement} section
 * @param {Everything} everything
 */
function drop(section, everything) {
  const [link, number] = [recallLink(), recallWeek()];
  if (link.length) rememberLink([]);
  else rememberWeek(0);
  show(section, everything);
  const act = () => {
    if (link.length) rememberLink(link);
    else rememberWeek(number);
    show(section, everything);
  };
  toast(gettext("Removed from your home page."), { label: pgettext("button", "Undo"), act });
}

/** @param {HTMLElement} section @param {string} id @param {Item} item */
function row(section, id, { title, small = "", lang }) {
  const [kind] = id.split("/");
  return link(section, kind, id, withText(h("b"), title, lang), h("small", {}, small));
}

/** Return the row that leads to the week after this one. @param {HTMLElement} section @param {Item} week @param {number} number */
function nextRow(section, { title, lang }, number) {
  const name = h("b", { text: gettext("Next, when you like") });
  return link(
    section,
    "weeks",
    `programme#week-${number}`,
    name,
    withText(h("small"), title, lang),
  );
}

/** @param {HTMLElement} section @param {string} kind @param {string} path @param {...HTMLElement} lines */
function link(section, kind, path, ...lines) {
  const template = section.querySelector(`template[data-kind="${kind}"]`);
  const picture =
    template instanceof HTMLTemplateElement ? template.content.cloneNode(true) : drawing(path);
  const text = h("span", { class: "text" }, ...lines);
  return h("li", {}, h("a", { class: "row", href: href(path) }, picture, text));
}

/**
 * Set an element's text and language, then return the element.
 * @template {HTMLElement} T
 * @param {T} element
 * @param {string} text
 * @param {string} [lang]
 */
function withText(element, text, lang) {
  element.textContent = text;
  if (lang) Object.assign(element, { lang, dir: "ltr" });
  return element;
}
