// The page "This week" shows the items that the address names after its #. The user can keep them on the home page.
// Without a fragment, it is the page on which a therapist makes such an address. The server never sees the fragment.
import { isComputer } from "../../platform/device.js";
import { say } from "../../platform/dom.js";
import { gettext, ngettext } from "../../platform/i18n.js";
import { once } from "../../platform/once.js";
import { rememberLink, recallLink } from "./chosen-week.js";
import { format, parse } from "./week-link.js";

/** @type {import("../../platform/page.js").Start} */
export default function start(page, signal) {
  const week = new ThisWeek(page, signal);
  return week.begin();
}

class ThisWeek {
  #page;
  #signal;
  /** The page's rows, by item. @type {Map<string, Element>} */
  #rows;
  /** @type {string[]} */
  #items = [];

  /** @param {HTMLElement} page @param {AbortSignal} signal */
  constructor(page, signal) {
    this.#page = page;
    this.#signal = signal;
    this.#rows = new Map(
      Array.from(this.#part("[data-shown]").children, (row) => {
        const path = row.querySelector("a")?.getAttribute("href") ?? "";
        return [path.split("/").slice(2).join("/"), row];
      }),
    );
  }

  begin() {
    this.#part("[data-keep]").addEventListener("click", () => this.#keep(true));
    this.#part("[data-drop]").addEventListener("click", () => this.#keep(false));
    addEventListener("hashchange", () => void this.#show(), { signal: this.#signal });
    return this.#show();
  }

  async #show() {
    // Wait until it is ready: what is typed or ticked before would be lost.
    if (isMaker()) await this.#maker();
    const { hash } = location;
    this.#part('[data-view="shown"]').hidden = isMaker();
    this.#part('[data-view="maker"]').hidden = !isMaker();
    this.#giveLanguages(hash);
    if (isMaker()) return;
    const { items, unknown } = parse(hash, (item) => this.#rows.has(item));
    this.#items = items;
    const rows = items.map((item) => /** @type {Element} */ (this.#rows.get(item)));
    this.#part("[data-shown]").replaceChildren(...rows);
    this.#part("[data-unknown]").hidden = !unknown;
    say(this.#part("[data-unknown] p"), unknownWords(unknown, items.length));
    this.#part("[data-keeping]").hidden = !items.length;
    this.#drawKept();
  }

  /** Make the therapists' page ready. */
  #maker = once(async () => {
    const { make } = await import("./week-maker.js");
    make(this.#part('[data-view="maker"]'), this.#rows);
  });

  /** @param {boolean} isKept */
  #keep(isKept) {
    rememberLink(isKept ? this.#items : []);
    this.#drawKept();
    const text = isKept ? keptWords() : gettext("It is no longer on your home page.");
    say(this.#part("[data-told]"), text);
    this.#part(isKept ? "[data-home]" : "[data-keep]").focus();
  }

  #drawKept() {
    const isKept = format(recallLink()) === format(this.#items);
    this.#part("[data-keep]").hidden = isKept;
    for (const part of ["[data-home]", "[data-drop]"]) this.#part(part).hidden = !isKept;
  }

  /** Add the fragment to the links to other languages, so that they show the same items. @param {string} hash */
  #giveLanguages(hash) {
    for (const link of this.#page.querySelectorAll("a[data-tag]")) {
      if (link instanceof HTMLAnchorElement) link.hash = hash;
    }
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#page.querySelector(selector));
  }
}

/** Whether the page for therapists is shown: the address has no fragment. */
const isMaker = () => location.hash.length < 2;

const keptWords = () =>
  isComputer()
    ? gettext("It is on your home page now. Saved on this computer only.")
    : gettext("It is on your home page now. Saved on this phone only.");

/** @param {number} unknown @param {number} known */
function unknownWords(unknown, known) {
  if (!known) {
    return gettext(
      "Nothing this link points to is here. Ask the person who gave it to you for a new one.",
    );
  }
  return ngettext(
    "%(num)s thing in this link is not here, so it is left out.",
    "%(num)s things in this link are not here, so they are left out.",
    unknown,
  );
}
