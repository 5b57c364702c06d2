// The list on the screen: one element a note, kept while its note is there, so that the keyboard's
// place and what is unfolded stay.
import { moment } from "../lib/dates.js";
import { icon, say } from "../lib/dom.js";
import { gettext, locale } from "../lib/messages.js";
import { arrow, spoken } from "../practice/words.js";

/** @import { Row } from "./rows.js" */

/**
 * What the buttons of a note do.
 * @typedef {object} Acts
 * @property {(row: Row) => void} copy
 * @property {(row: Row) => void} text
 * @property {(row: Row) => void} remove
 */

/** Shown at once; the rest follows in larger pieces, when those are on the screen. */
const FIRST = 20;
const MORE = 150;
const ICONS = { server: "cloud-check", phone: "mobile", versions: "copy" };

export class NoteList {
  #page;
  #list;
  #acts;
  /** @type {Map<string, {element: HTMLElement, row: Row}>} */
  #shown = new Map();
  #turn = 0;

  /** @param {HTMLElement} page with the templates @param {Acts} acts */
  constructor(page, acts) {
    this.#page = page;
    this.#list = /** @type {HTMLElement} */ (page.querySelector("[data-entries]"));
    this.#acts = acts;
  }

  /** @param {Row[]} rows in the order in which they are listed */
  show(rows) {
    this.#turn += 1;
    const there = new Set(rows.map(({ id }) => id));
    for (const [id, { element }] of this.#shown) {
      if (there.has(id)) continue;
      element.remove();
      this.#shown.delete(id);
    }
    this.#place(rows, 0, FIRST, this.#turn);
  }

  /** The element of a note, if it is on the screen. @param {string} id */
  element(id) {
    return this.#shown.get(id)?.element;
  }

  /** @param {Row[]} rows @param {number} from @param {number} to @param {number} turn */
  #place(rows, from, to, turn) {
    // Overtaken by a newer list.
    if (turn !== this.#turn) return;
    rows.slice(from, to).forEach((row, index) => {
      const element = this.#elementOf(row);
      const there = this.#list.children[from + index];
      if (there !== element) this.#list.insertBefore(element, there ?? null);
    });
    if (to < rows.length) setTimeout(() => this.#place(rows, to, to + MORE, turn));
  }

  /** @param {Row} row */
  #elementOf(row) {
    const known = this.#shown.get(row.id);
    if (known && known.row.what === row.what) {
      fill(known.element, row, this.#page);
      known.row = row;
      return known.element;
    }
    known?.element.remove();
    const element = this.#make(row);
    this.#shown.set(row.id, { element, row });
    return element;
  }

  /** @param {Row} row */
  #make(row) {
    const copy = template(this.#page, "data-note").content.cloneNode(true);
    const element = /** @type {HTMLElement} */ (
      /** @type {DocumentFragment} */ (copy).firstElementChild
    );
    const current = () => this.#shown.get(row.id)?.row ?? row;
    const buttons = {
      more: () => unfold(element),
      copy: () => this.#acts.copy(current()),
      text: () => this.#acts.text(current()),
      delete: () => this.#acts.remove(current()),
    };
    for (const [name, act] of Object.entries(buttons)) {
      part(element, `data-${name}`).addEventListener("click", act);
    }
    dress(element, row, this.#page);
    fill(element, row, this.#page);
    return element;
  }
}

/** What never changes about a note. @param {HTMLElement} element @param {Row} row @param {HTMLElement} page */
function dress(element, row, page) {
  const title = titleOf(page, row);
  const holder = part(element, "data-title");
  holder.id = `note-${row.id}`;
  if (row.address) {
    const link = document.createElement("a");
    link.href = `/${locale()}/${row.address}`;
    link.append(title);
    holder.append(link);
  } else holder.append(title);
  element.querySelector("[role=group]")?.setAttribute("aria-labelledby", holder.id);
  const about = page.querySelector(`template[data-about="${row.what}"]`);
  if (about instanceof HTMLTemplateElement) {
    const line = part(element, "data-about");
    line.append(about.content.cloneNode(true));
    line.hidden = false;
  }
  part(element, "data-copy").hidden = !row.copies;
  part(element, "data-text").hidden = !row.practice;
  const print = part(element, "data-print");
  print.hidden = !row.print;
  if (row.print) print.setAttribute("href", `/${locale()}/${row.print}`);
  // The kind words are changed where they are read, on the help page.
  part(element, "data-more").hidden = row.what === "kind-words";
}

/** What may change. @param {HTMLElement} element @param {Row} row @param {HTMLElement} page */
function fill(element, row, page) {
  const when = row.changed === undefined ? "" : moment(row.changed);
  const words = part(element, "data-when");
  const text = place(row, when);
  if (words.textContent !== text) {
    say(words, text);
    part(element, "data-mark").replaceChildren(...(row.place ? [icon(ICONS[row.place])] : []));
  }
  if (row.practice) fillPractice(part(element, "data-practice"), row.practice);
  const title = titleOf(page, row).textContent ?? "";
  const name = gettext("More for %(title)s, %(date)s", { title, date: when });
  part(element, "data-more").setAttribute("aria-label", when ? name : title);
}

/** @param {HTMLElement} line @param {import("../data/practice.js").Practice} practice */
function fillPractice(line, practice) {
  line.hidden = !(spoken(practice) || practice.words);
  say(part(line, "data-arrow"), arrow(practice));
  say(part(line, "data-spoken"), spoken(practice));
  part(line, "data-words").textContent = practice.words;
}

/** @param {Row} row @param {string} date */
function place(row, date) {
  if (row.place === "versions") return gettext("%(date)s · two versions", { date });
  if (row.place === "server") return gettext("%(date)s · backed up", { date });
  if (row.place === "phone") return gettext("%(date)s · only on this phone", { date });
  return date;
}

/** The title in the reader's language, marked where it is English for want of one. @param {HTMLElement} page @param {Row} row */
function titleOf(page, { what, worksheet, practice }) {
  if (practice) return titleOfRecording(page, practice.recording).cloneNode(true);
  const name = worksheet ? `data-worksheet="${worksheet}"` : `data-title="${what}"`;
  return template(page, name).content.cloneNode(true);
}

/** By comparing, because a newer version may have written any text as a slug. @param {Element} page @param {string} slug */
export function titleOfRecording(page, slug) {
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const all = page.querySelectorAll("template[data-recording]");
  const named = (/** @type {string} */ name) =>
    Array.from(all).find(({ dataset }) => dataset.recording === name);
  return /** @type {HTMLTemplateElement} */ (named(slug) ?? named("")).content;
}

/** @param {HTMLElement} element */
function unfold(element) {
  const button = part(element, "data-more");
  const actions = /** @type {HTMLElement} */ (element.querySelector("[role=group]"));
  actions.hidden = !actions.hidden;
  button.setAttribute("aria-expanded", String(!actions.hidden));
}

/** @param {HTMLElement} page @param {string} attribute */
function template(page, attribute) {
  return /** @type {HTMLTemplateElement} */ (page.querySelector(`template[${attribute}]`));
}

/** @param {HTMLElement} element @param {string} attribute @returns {HTMLElement} */
function part(element, attribute) {
  return /** @type {HTMLElement} */ (element.querySelector(`[${attribute}]`));
}
