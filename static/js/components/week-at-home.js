// Home: what a therapist chose with somebody, or the week of the programme where they are. Its place is kept free from the
// first paint (theme.js), so that nothing jumps.
import { h, href, toast } from "../lib/dom.js";
import { gettext, pgettext } from "../lib/messages.js";
import { keepLink, keepRows, keepWeek, keptLink, keptWeek } from "../week/kept.js";

/** @typedef {{title: string, small?: string, lang?: string}} Item */
/** @typedef {{items: Record<string, Item>, weeks: (Item & {items: string[]})[]}} Everything */

const root = document.documentElement;

/** @type {import("../main.js").Start} */
export default async function start(section) {
  if (!keptLink().length && !keptWeek()) return keepRows(0);
  try {
    const response = await fetch(href("items.json"));
    if (!response.ok) throw new TypeError(`items.json: ${response.status}`);
    const everything = await response.json();
    section
      .querySelector("[data-drop]")
      ?.addEventListener("click", () => drop(section, everything));
    show(section, everything);
  } catch (error) {
    // Home as it is without a week.
    delete root.dataset.weekRows;
    throw error;
  }
}

/** The therapist's link, else the week. @param {HTMLElement} section @param {Everything} everything */
function show(section, everything) {
  const [link, number] = [keptLink(), keptWeek()];
  const week = link.length ? undefined : everything.weeks[number - 1];
  // The service may have taken away what was kept.
  const items = (week?.items ?? link).filter((item) => item in everything.items);
  keepRows(items.length);
  if (!items.length) return void delete root.dataset.weekRows;
  root.dataset.weekRows = String(items.length);
  const title = section.querySelector("[data-title]");
  if (title instanceof HTMLElement) told(title, week?.title ?? "", week?.lang);
  const rows = items.map((item) => row(section, item, everything.items[item]));
  section.querySelector("ul")?.replaceChildren(...rows);
  const more = section.querySelector("[data-more]");
  if (more instanceof HTMLAnchorElement) more.hash = week ? `week-${number}` : "";
}

/** @param {HTMLElement} section @param {Everything} everything */
function drop(section, everything) {
  const [link, number] = [keptLink(), keptWeek()];
  if (link.length) keepLink([]);
  else keepWeek(0);
  show(section, everything);
  const act = () => {
    if (link.length) keepLink(link);
    else keepWeek(number);
    show(section, everything);
  };
  toast(gettext("Taken off your home page."), { label: pgettext("button", "Undo"), act });
}

/** @param {HTMLElement} section @param {string} id @param {Item} item */
function row(section, id, { title, small = "", lang }) {
  const [place] = id.split("/");
  const icon = section.querySelector(`template[data-kind="${place}"]`);
  const drawn = /** @type {HTMLTemplateElement} */ (icon).content.cloneNode(true);
  const words = h("span", { class: "text" }, told(h("b"), title, lang), h("small", {}, small));
  return h("li", {}, h("a", { class: "row", href: href(id) }, drawn, words));
}

/** @template {HTMLElement} T @param {T} element @param {string} text @param {string} [lang] */
function told(element, text, lang) {
  element.textContent = text;
  if (lang) Object.assign(element, { lang, dir: "ltr" });
  return element;
}
