// Draws the list of notes under its headings. Each note keeps its element for as long as the note exists, so that the
// focus stays where it is and unfolded buttons stay unfolded.
import { month } from "../../platform/dates.js";
import { h, say } from "../../platform/dom.js";
import { gettext, npgettext } from "../../platform/i18n.js";
import { discard, put } from "../../platform/keyed.js";
import { actionsOf, dress, fill } from "./note-row.js";
import { titleOf } from "../../answers/titles.js";

/** @import { Group, Order } from "./groups.js" */
/** @import { Row } from "../../answers/rows.js" */

/**
 * What the buttons of a note do.
 * @typedef {object} Acts
 * @property {(row: Row) => void} copy
 * @property {(row: Row) => void} text
 * @property {(row: Row) => void} bring
 * @property {(row: Row) => void} remove
 * @property {(row: Row, element: HTMLElement) => void} unfolded called after a note's buttons have been shown
 */

/** The number of rows that are drawn at once. */
const FIRST = 20;
/** The other rows follow in batches of this size, when the first rows are on the screen. */
const MORE = 150;

/** @typedef {{row: Row, group: Group, at: number}} Place of a row: its group, and its index there */

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
  /** Counts the calls of `show`, so that a new call stops the drawing of an earlier one. */
  #turn = 0;

  /** @param {HTMLElement} page with the templates @param {Acts} acts */
  constructor(page, acts) {
    this.#page = page;
    this.#list = /** @type {HTMLElement} */ (page.querySelector("[data-entries]"));
    this.#acts = acts;
  }

  /**
   * Show these groups and nothing else.
   *
   * @param {Group[]} groups in the order in which they are listed
   * @param {Order} order what their headings say
   */
  show(groups, order) {
    this.#turn += 1;
    if (order !== this.#order) this.#clear();
    this.#order = order;
    const ids = new Set(groups.flatMap(({ rows }) => rows.map(({ id }) => id)));
    const keys = new Set(groups.map(({ key }) => key));
    discard(this.#shown, ids, ({ element }) => element);
    discard(this.#sections, keys, (section) => section);
    groups.forEach((group, at) => this.#putSection(group, at));
    const places = groups.flatMap((group) => group.rows.map((row, at) => ({ row, group, at })));
    this.#putRows(places, 0, FIRST, this.#turn);
  }

  #clear() {
    this.#list.replaceChildren();
    this.#shown.clear();
    this.#sections.clear();
  }

  /** Return the element of a note, if it has been drawn. @param {string} id */
  element(id) {
    return this.#shown.get(id)?.element;
  }

  /** @param {Place[]} places @param {number} from @param {number} to @param {number} turn */
  #putRows(places, from, to, turn) {
    // `show` has been called again.
    if (turn !== this.#turn) return;
    for (const { row, group, at } of places.slice(from, to)) {
      const list = /** @type {HTMLElement} */ (this.#sections.get(group.key)?.querySelector("ol"));
      put(list, this.#elementOf(row), at);
    }
    if (to < places.length) setTimeout(() => this.#putRows(places, to, to + MORE, turn));
  }

  /** @param {Group} group @param {number} at */
  #putSection(group, at) {
    const existing = this.#sections.get(group.key);
    const section =
      existing ?? h("section", { class: "entries-part" }, h("ol", { class: "entries" }));
    this.#sections.set(group.key, section);
    put(this.#list, section, at);
    this.#putHeading(section, group);
  }

  /** @param {HTMLElement} section @param {Group} group */
  #putHeading(section, { month: when, like, rows }) {
    section.querySelector("h2")?.remove();
    const heading = h("h2");
    if (when !== undefined) say(heading, month(when));
    else if (like) {
      const { what, worksheet } = like;
      const count = npgettext(
        "how many notes there are",
        "%(num)s note",
        "%(num)s notes",
        rows.length,
      );
      heading.append(
        h("span", {}, titleOf(this.#page, { what, worksheet })),
        " ",
        h("small", { text: count }),
      );
    } else if (this.#sections.size > 1) say(heading, gettext("Notes that can’t be opened"));
    else return;
    section.prepend(heading);
  }

  /** @param {Row} row */
  #elementOf(row) {
    const shown = this.#shown.get(row.id);
    if (shown && shown.row.what === row.what) {
      fill(shown.element, row, this.#page, this.#order);
      shown.row = row;
      return shown.element;
    }
    shown?.element.remove();
    const element = this.#makeElement(row);
    this.#shown.set(row.id, { element, row });
    return element;
  }

  /** @param {Row} row */
  #makeElement(row) {
    const template = this.#page.querySelector("template[data-note]");
    const copy = /** @type {HTMLTemplateElement} */ (template).content.firstElementChild?.cloneNode(
      true,
    );
    const element = /** @type {HTMLElement} */ (copy);
    element.querySelector("[data-more]")?.addEventListener("click", () => {
      if (!element.querySelector("[role=group]")) element.append(this.#makeActions(row));
      if (toggleActions(element)) this.#acts.unfolded(row, element);
    });
    dress(element, row, this.#page, this.#order);
    fill(element, row, this.#page, this.#order);
    return element;
  }

  /** @param {Row} row */
  #makeActions(row) {
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

/** Show or hide a note's buttons. @param {HTMLElement} element @returns {boolean} whether they are shown now */
function toggleActions(element) {
  const button = element.querySelector("[data-more]");
  const actions = /** @type {HTMLElement} */ (element.querySelector("[role=group]"));
  actions.hidden = !actions.hidden;
  button?.setAttribute("aria-expanded", String(!actions.hidden));
  return !actions.hidden;
}
