// The list on the screen, under its headings: one element a note, kept while its note is there, so that the keyboard's
// place and what is unfolded stay.
import { month } from "../lib/dates.js";
import { h, say } from "../lib/dom.js";
import { gettext, npgettext } from "../lib/messages.js";
import { discard, put } from "./keyed.js";
import { actionsOf, dress, fill } from "./note-row.js";
import { titleOf } from "./titles.js";

/** @import { Group, Order } from "./groups.js" */
/** @import { Row } from "./rows.js" */

/**
 * What the buttons of a note do.
 * @typedef {object} Acts
 * @property {(row: Row) => void} copy
 * @property {(row: Row) => void} text
 * @property {(row: Row) => void} bring
 * @property {(row: Row) => void} remove
 * @property {(row: Row, element: HTMLElement) => void} unfolded
 */

/** Shown at once; the rest follows in larger pieces, when those are on the screen. */
const FIRST = 20;
const MORE = 150;

/** @typedef {{row: Row, group: Group, at: number}} Place of a row: its heading, and how many stand before it there */

export class NoteList {
  #page;
  #list;
  #acts;
  /** @type {Order} */
  #order = "date";
  /** @type {Map<string, {element: HTMLElement, row: Row}>} */
  #shown = new Map();
  /** @type {Map<string, HTMLElement>} sections by the key of their group */
  #sections = new Map();
  #turn = 0;

  /** @param {HTMLElement} page with the templates @param {Acts} acts */
  constructor(page, acts) {
    this.#page = page;
    this.#list = /** @type {HTMLElement} */ (page.querySelector("[data-entries]"));
    this.#acts = acts;
  }

  /** @param {Group[]} groups in the order in which they are listed @param {Order} order what their headings say */
  show(groups, order) {
    this.#turn += 1;
    if (order !== this.#order) this.#clear();
    this.#order = order;
    const ids = new Set(groups.flatMap(({ rows }) => rows.map(({ id }) => id)));
    const keys = new Set(groups.map(({ key }) => key));
    discard(this.#shown, ids, ({ element }) => element);
    discard(this.#sections, keys, (section) => section);
    groups.forEach((group, at) => this.#section(group, at));
    const places = groups.flatMap((group) => group.rows.map((row, at) => ({ row, group, at })));
    this.#place(places, 0, FIRST, this.#turn);
  }

  #clear() {
    this.#list.replaceChildren();
    this.#shown.clear();
    this.#sections.clear();
  }

  /** The element of a note, if it is on the screen. @param {string} id */
  element(id) {
    return this.#shown.get(id)?.element;
  }

  /** @param {Place[]} places @param {number} from @param {number} to @param {number} turn */
  #place(places, from, to, turn) {
    // Overtaken by a newer list.
    if (turn !== this.#turn) return;
    for (const { row, group, at } of places.slice(from, to)) {
      const list = /** @type {HTMLElement} */ (this.#sections.get(group.key)?.querySelector("ol"));
      put(list, this.#elementOf(row), at);
    }
    if (to < places.length) setTimeout(() => this.#place(places, to, to + MORE, turn));
  }

  /** @param {Group} group @param {number} at */
  #section(group, at) {
    const known = this.#sections.get(group.key);
    const section = known ?? h("section", { class: "entries-part" }, h("ol", { class: "entries" }));
    this.#sections.set(group.key, section);
    put(this.#list, section, at);
    this.#head(section, group);
  }

  /** @param {HTMLElement} section @param {Group} group */
  #head(section, { month: when, like, rows }) {
    section.querySelector("h2")?.remove();
    const head = h("h2");
    if (when !== undefined) say(head, month(when));
    else if (like) {
      const { what, worksheet } = like;
      const count = npgettext(
        "how many notes there are",
        "%(num)s note",
        "%(num)s notes",
        rows.length,
      );
      head.append(
        h("span", {}, titleOf(this.#page, { what, worksheet })),
        " ",
        h("small", { text: count }),
      );
    } else if (this.#sections.size > 1) say(head, gettext("Notes that can’t be opened"));
    else return;
    section.prepend(head);
  }

  /** @param {Row} row */
  #elementOf(row) {
    const known = this.#shown.get(row.id);
    if (known && known.row.what === row.what) {
      fill(known.element, row, this.#page, this.#order);
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
    const template = this.#page.querySelector("template[data-note]");
    const copy = /** @type {HTMLTemplateElement} */ (template).content.firstElementChild?.cloneNode(
      true,
    );
    const element = /** @type {HTMLElement} */ (copy);
    element.querySelector("[data-more]")?.addEventListener("click", () => {
      if (!element.querySelector("[role=group]")) element.append(this.#actions(row));
      if (unfold(element)) this.#acts.unfolded(row, element);
    });
    dress(element, row, this.#page, this.#order);
    fill(element, row, this.#page, this.#order);
    return element;
  }

  /** @param {Row} row */
  #actions(row) {
    const actions = actionsOf(row, this.#page);
    const current = () => this.#shown.get(row.id)?.row ?? row;
    const buttons = {
      copy: () => this.#acts.copy(current()),
      text: () => this.#acts.text(current()),
      bring: () => this.#acts.bring(current()),
      delete: () => this.#acts.remove(current()),
    };
    for (const [name, act] of Object.entries(buttons)) {
      actions.querySelector(`[data-${name}]`)?.addEventListener("click", act);
    }
    return actions;
  }
}

/** @param {HTMLElement} element @returns {boolean} whether the buttons are to be seen now */
function unfold(element) {
  const button = element.querySelector("[data-more]");
  const actions = /** @type {HTMLElement} */ (element.querySelector("[role=group]"));
  actions.hidden = !actions.hidden;
  button?.setAttribute("aria-expanded", String(!actions.hidden));
  return !actions.hidden;
}
