// The editor in which the reader chooses up to three recordings for the help page and puts them in order. Every control
// is a button, so that touch, keyboard and screen reader work in the same way. Changes are announced to screen readers,
// and a removal can be undone.
import { h, icon, say, toast } from "../../platform/dom.js";
import { gettext, number, pgettext } from "../../platform/i18n.js";
import { MOST, moved } from "./chosen.js";
import { orderKeys } from "./order-keys.js";

/**
 * What the editor needs from the page.
 * @typedef {object} Page
 * @property {(slug: string) => DocumentFragment} title of a recording, marked if it is in English
 * @property {string[]} offered slugs of the recordings that can be chosen
 * @property {(slugs: string[]) => Promise<boolean>} change shows a new choice and stores it; false if storing
 *   failed
 * @property {() => string[]} shown slugs of the recordings that the page shows
 */

export class ChosenEditor {
  #root;
  #page;

  /** @param {HTMLElement} root @param {Page} page */
  constructor(root, page) {
    this.#root = root;
    this.#page = page;
  }

  draw() {
    const chosen = this.#page.shown();
    const others = this.#page.offered.filter((slug) => !chosen.includes(slug));
    const isFull = chosen.length >= MOST;
    this.#part("[data-order]").replaceChildren(...chosen.map((slug) => this.#chosen(slug, chosen)));
    this.#part("[data-others]").replaceChildren(...others.map((slug) => this.#other(slug, isFull)));
    this.#part("[data-full]").hidden = !isFull || !others.length;
    this.#part("[data-others-part]").hidden = !others.length;
  }

  /** @param {string} slug @param {string[]} chosen */
  #chosen(slug, chosen) {
    const at = chosen.indexOf(slug);
    const place = {
      isFirst: at === 0,
      isLast: at === chosen.length - 1,
      mustStay: chosen.length === 1,
    };
    const keys = orderKeys(this.#text(slug), place, {
      move: (by) => this.#move(slug, by),
      remove: () => this.#remove(slug),
    });
    return h(
      "li",
      { class: "row", "data-slug": slug },
      h("span", { class: "text" }, h("b", {}, this.#page.title(slug))),
      h("span", { class: "end" }, ...keys),
    );
  }

  /** @param {string} slug @param {boolean} isFull */
  #other(slug, isFull) {
    const title = h("b", {}, this.#page.title(slug));
    const label = pgettext("accessible name of a button; a title follows", "Choose: %(title)s", {
      title: this.#text(slug),
    });
    const button = h(
      "button",
      {
        type: "button",
        "aria-label": label,
        disabled: isFull,
        onclick: () => void this.#add(slug),
      },
      icon("plus"),
      h("span", { class: "text" }, title),
    );
    return h("li", { "data-slug": slug }, button);
  }

  /** @param {string} slug @param {-1 | 1} by */
  async #move(slug, by) {
    const stored = this.#change(moved(this.#page.shown(), slug, by));
    this.#focus(slug, by < 0 ? "up" : "down");
    await stored;
    const num = number(this.#page.shown().indexOf(slug) + 1);
    this.#announce(gettext("%(title)s is now number %(num)s.", { title: this.#text(slug), num }));
  }

  /** @param {string} slug */
  async #add(slug) {
    const stored = this.#change([...this.#page.shown(), slug]);
    this.#focus(slug, "minus");
    await stored;
    this.#announce(gettext("%(title)s was added.", { title: this.#text(slug) }));
  }

  /** @param {string} slug */
  async #remove(slug) {
    const before = this.#page.shown();
    const stored = this.#change(before.filter((other) => other !== slug));
    this.#focus(slug);
    await stored;
    const act = async () => {
      await this.#change(before);
      this.#focus(slug, "minus");
    };
    // Translators: a short message; a name or a title follows
    toast(gettext("Removed: %(title)s", { title: this.#text(slug) }), {
      label: pgettext("button", "Undo"),
      act,
    });
  }

  /** @param {string[]} slugs */
  async #change(slugs) {
    const stored = this.#page.change(slugs);
    this.draw();
    // Storing failed, and the page shows the earlier choice again.
    if (!(await stored)) this.draw();
  }

  /** Move the focus to a button of a recording: `act` if it is enabled. @param {string} slug @param {string} [act] */
  #focus(slug, act) {
    const row = Array.from(this.#root.querySelectorAll("[data-slug]")).find(
      (item) => item instanceof HTMLElement && item.dataset.slug === slug,
    );
    const preferred = row?.querySelector(act ? `[data-act="${act}"]:not(:disabled)` : "button");
    const button = preferred ?? row?.querySelector("button:not(:disabled)");
    if (button instanceof HTMLElement) button.focus();
  }

  /** @param {string} text */
  #announce(text) {
    say(this.#part("[data-told]"), text);
  }

  /** @param {string} slug */
  #text(slug) {
    return this.#page.title(slug).textContent?.trim() ?? "";
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}
