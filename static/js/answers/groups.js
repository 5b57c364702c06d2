/** A repeated group: a list of items, each with the same questions. The reader adds, moves and removes items. */
import { say, toast } from "../platform/dom.js";
import { gettext, number, pgettext } from "../platform/i18n.js";
import { isNothing } from "./values.js";

/** @import { Field } from "./fields.js" */
/** @import { Item, Question } from "./values.js" */
/** @typedef {(root: ParentNode) => Map<string, Field>} FieldsIn */

/** @typedef {{id: string, element: HTMLElement, fields: Map<string, Field>}} Row */

export class Group {
  #element;
  #fieldsIn;
  #items;
  #template;
  #most;
  /** @type {Row[]} */
  #rows = [];

  /** @param {HTMLElement} element the .field element @param {FieldsIn} fieldsIn */
  constructor(element, fieldsIn) {
    this.#element = element;
    this.#fieldsIn = fieldsIn;
    const items = element.querySelector("[data-items]");
    const template = element.querySelector("template[data-new]");
    if (!(items instanceof HTMLElement && template instanceof HTMLTemplateElement)) {
      throw new Error(`${element.dataset.field} is not a group`);
    }
    this.#items = items;
    this.#template = template;
    this.#most = Number(items.dataset.most);
    element.querySelector("[data-add]")?.addEventListener("click", () => this.#add());
    element.addEventListener("click", ({ target }) => {
      const button = target instanceof Element && target.closest("[data-remove], [data-move]");
      if (!(button instanceof HTMLElement)) return;
      const at = this.#rows.findIndex((row) => row.element.contains(button));
      if (at < 0) return;
      if (button.dataset.move) this.#move(at, button.dataset.move === "up" ? -1 : 1);
      else this.#remove(at);
    });
  }

  /** Return the questions of an item by name. @returns {Record<string, Question>} */
  questions() {
    const root = this.#template.content.querySelector("[data-item]");
    const fields = root ? this.#fieldsIn(root) : [];
    return Object.fromEntries([...fields].map(([name, { question }]) => [name, question]));
  }

  /** Return `read`, `show` and `inner` for the group's Field. */
  asField() {
    return {
      read: () => this.#rows.map(readRow).filter((item) => !isNothing(item)),
      show: (/** @type {Item[]} */ items) => this.#show(items),
      inner: () => this.#rows.flatMap(({ fields }) => [...fields.values()]),
    };
  }

  /**
   * Show these items. An item that stays keeps its element, and so the focus. An empty item with the focus stays too.
   * @param {Item[]} items
   */
  #show(items) {
    const before = new Map(this.#rows.map((row) => [row.id, row]));
    const inUse = this.#rows.filter(
      (row) => isNothing(readRow(row)) && row.element.contains(document.activeElement),
    );
    const filled = items.map(({ _id }) => before.get(_id) ?? this.#row(_id));
    this.#rows = [...filled, ...inUse];
    for (const row of before.values()) if (!this.#rows.includes(row)) row.element.remove();
    filled.forEach(({ fields }, index) => {
      for (const [name, field] of fields) field.show(items[index][name] ?? null);
    });
    this.#rows.forEach(({ element }, index) => {
      const current = this.#items.children[index + 1];
      if (current !== element) this.#items.insertBefore(element, current ?? null);
    });
    this.#renumber();
  }

  /** @param {string} [id] @returns {Row} */
  #row(id = newId()) {
    const copy = document.importNode(this.#template.content, true);
    const element = /** @type {HTMLElement} */ (copy.querySelector("[data-item]"));
    for (const node of element.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = node.getAttribute(name);
        if (value?.includes("KEY")) node.setAttribute(name, value.replaceAll("KEY", id));
      }
    }
    return { id, element, fields: this.#fieldsIn(element) };
  }

  #add() {
    if (this.#rows.length >= this.#most) return;
    const row = this.#row();
    this.#rows.push(row);
    this.#items.append(row.element);
    this.#renumber();
    /** @type {HTMLElement | null} */ (row.element.querySelector("input, textarea"))?.focus();
  }

  /** @param {number} at @param {-1 | 1} by */
  #move(at, by) {
    const [row, other] = [this.#rows[at], this.#rows[at + by]];
    if (!other) return;
    this.#rows[at] = other;
    this.#rows[at + by] = row;
    // Move the other item's element, so that the button that the reader pressed keeps the focus.
    if (by < 0) row.element.after(other.element);
    else row.element.before(other.element);
    this.#renumber();
    row.element.scrollIntoView({ block: "nearest" });
    const place = { num: number(at + by + 1), count: number(this.#rows.length) };
    const status = this.#element.querySelector("[data-moved]");
    if (status) say(status, gettext("Now number %(num)s of %(count)s.", place));
    this.#touched();
  }

  /** @param {number} at */
  #remove(at) {
    const [row] = this.#rows.splice(at, 1);
    row.element.remove();
    this.#renumber();
    const next = this.#rows[Math.min(at, this.#rows.length - 1)]?.element;
    const add = this.#element.querySelector("[data-add]");
    /** @type {HTMLElement | null} */ (next ?? add)?.focus();
    const removed = readRow(row);
    if (isNothing(removed)) return;
    this.#touched();
    toast(pgettext("short message", "Removed."), {
      label: pgettext("button", "Undo"),
      act: () => this.#restore(removed, at),
    });
  }

  /** @param {Item} item @param {number} at */
  #restore(item, at) {
    const items = this.asField().read();
    items.splice(Math.min(at, items.length), 0, item);
    this.#show(items);
    this.#rows.find(({ id }) => id === item._id)?.element.focus();
    this.#touched();
  }

  /** Number the items and update the buttons. */
  #renumber() {
    this.#rows.forEach(({ element }, index) => {
      const num = number(index + 1);
      const heading = element.querySelector("[data-number]");
      if (heading)
        say(heading, pgettext("heading of one of a repeated group", "Number %(num)s", { num }));
      // On the first and last item, the button does nothing. It stays visible and keeps the focus.
      this.#allow(element, "up", index > 0);
      this.#allow(element, "down", index < this.#rows.length - 1);
    });
    const full = this.#rows.length >= this.#most;
    const add = this.#element.querySelector("[data-add]");
    const label = this.#element.querySelector("[data-add-label]");
    if (add instanceof HTMLElement) add.hidden = full;
    if (label)
      say(
        label,
        this.#rows.length
          ? pgettext("button of a repeated group", "Add another")
          : pgettext("button of a repeated group, while it is empty", "Add one"),
      );
    const note = this.#element.querySelector("[data-full]");
    if (note instanceof HTMLElement) note.hidden = !full;
  }

  /** @param {HTMLElement} element @param {"up" | "down"} direction @param {boolean} isAllowed */
  #allow(element, direction, isAllowed) {
    const button = element.querySelector(`[data-move="${direction}"]`);
    if (!(button instanceof HTMLElement)) return;
    button.hidden = this.#rows.length < 2;
    button.ariaDisabled = isAllowed ? null : "true";
  }

  #touched() {
    this.#items.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** @param {Row} row @returns {Item} */
function readRow({ id, fields }) {
  return { _id: id, ...Object.fromEntries([...fields].map(([name, { read }]) => [name, read()])) };
}

/** Return a random id, so that items from several phones have different ids. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}
