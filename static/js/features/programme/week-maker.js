// Makes a "this week" link: the user chooses up to three things and gets the link and its QR code. Nothing leaves this
// page unless the user shares it.
import { draw, encode } from "../../platform/qr-code.js";
import { copy } from "../../platform/copy.js";
import { h, href, say } from "../../platform/dom.js";
import { gettext, ngettext, npgettext } from "../../platform/i18n.js";
import { words } from "../../platform/search-words.js";
import { MOST, format } from "./week-link.js";

/** Start the form. @param {HTMLElement} page @param {Map<string, Element>} rows what can be chosen, by item */
export function make(page, rows) {
  new WeekMaker(page, rows).begin();
}

class WeekMaker {
  #page;
  #rows;
  /** The chosen items, in the order in which they were chosen. @type {string[]} */
  #chosen = [];

  /** @param {HTMLElement} page @param {Map<string, Element>} rows */
  constructor(page, rows) {
    this.#page = page;
    this.#rows = rows;
  }

  begin() {
    // A browser may restore ticks from an earlier visit. Clear them, because nothing is chosen yet.
    for (const box of this.#boxes()) box.checked = false;
    this.#page.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === "checkbox") this.#choose(target);
    });
    this.#part("[type=search]").addEventListener("input", () => this.#filter());
    this.#part("[data-copy]").addEventListener("click", () => void copy(this.#link()));
    this.#part("[data-print]").addEventListener("click", () => print());
    const share = this.#part("[data-share]");
    share.hidden = !("share" in navigator);
    share.addEventListener("click", () => {
      // The user may cancel sharing. That isn't an error.
      navigator.share({ url: this.#link() }).catch(() => {});
    });
    void this.#draw();
  }

  /** @param {HTMLInputElement} box */
  #choose({ value, checked }) {
    this.#chosen = this.#chosen.filter((item) => item !== value);
    if (checked) this.#chosen.push(value);
    void this.#draw();
  }

  #link() {
    return `${location.origin}${href("this-week")}#${format(this.#chosen)}`;
  }

  async #draw() {
    const count = this.#chosen.length;
    for (const box of this.#boxes()) box.disabled = count >= MOST && !box.checked;
    say(this.#part("[data-count]"), countWords(count));
    this.#part("[data-made]").hidden = !count;
    this.#part("[data-unmade]").hidden = count > 0;
    if (!count) return;
    const link = this.#link();
    /** @type {HTMLInputElement} */ (this.#part("[data-link]")).value = link;
    /** @type {HTMLAnchorElement} */ (this.#part("[data-try]")).href = link;
    const titles = this.#chosen.map((item) => this.#rows.get(item)?.querySelector("b"));
    this.#part("[data-titles]").replaceChildren(
      ...titles.map((title) => h("li", {}, title?.textContent ?? "")),
    );
    const box = this.#part("[data-qr]");
    const rows = await encode([link]);
    // The choice may have changed meanwhile.
    if (link === this.#link()) box.replaceChildren(draw(rows, box.dataset.alt ?? ""));
  }

  #filter() {
    const wanted = words(/** @type {HTMLInputElement} */ (this.#part("[type=search]")).value);
    let count = 0;
    for (const choice of this.#all("[data-choice]")) {
      const title = words(choice.textContent ?? "");
      const isShown = wanted.every((word) => title.some((titleWord) => titleWord.includes(word)));
      choice.hidden = !isShown;
      if (isShown) count += 1;
    }
    for (const group of this.#all("[data-group]")) {
      group.hidden = !group.querySelector("[data-choice]:not([hidden])");
    }
    const text = npgettext(
      "how many titles a filter leaves",
      "%(num)s title",
      "%(num)s titles",
      count,
    );
    const none = gettext("No title has these words.");
    say(this.#part("[data-filtered]"), wanted.length ? (count ? text : none) : "");
  }

  #boxes() {
    return /** @type {HTMLInputElement[]} */ (this.#all("[data-choice] input"));
  }

  /** @param {string} selector @returns {HTMLElement[]} */
  #all(selector) {
    return Array.from(this.#page.querySelectorAll(selector));
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#page.querySelector(selector));
  }
}

/** @param {number} count */
function countWords(count) {
  if (!count) return gettext("Nothing is chosen yet.");
  if (count >= MOST) return gettext("Three are chosen. Remove one to choose another.");
  return ngettext("%(num)s thing is chosen.", "%(num)s things are chosen.", count);
}
