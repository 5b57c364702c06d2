// Search: results as somebody types. What they type stays in its box: it is not sent, not put in the address, not
// remembered.
import { h, href, say } from "../lib/dom.js";
import { gettext, ngettext, npgettext } from "../lib/messages.js";
import { passageNodes } from "../notes/passage.js";
import { isCrisis, phrasesOf } from "../search/crisis.js";
import { loadFinder } from "../search/finder.js";
import { marked } from "../search/words.js";

/** @import { Finder, Result } from "../search/finder.js" */

/** Beside the help for a hard moment, little else. */
const FEW = 3;
/** Only what stays for a moment is read aloud. */
const PATIENCE = 500; // ms

/** @type {import("../main.js").Start} */
export default function start(page) {
  const search = new Search(page);
  // Typed before this was here.
  search.begin();
}

class Search {
  #page;
  #input;
  #phrases;
  #usual;
  /** @type {Promise<Finder> | undefined} */
  #loading;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #telling;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#page = page;
    this.#input = /** @type {HTMLInputElement} */ (this.#part("input"));
    this.#phrases = phrasesOf(page.dataset.crisis ?? "");
    this.#usual = this.#part("[data-told]").textContent ?? "";
  }

  begin() {
    this.#input.addEventListener("input", () => this.#show());
    this.#input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#input.value) return;
      event.preventDefault();
      this.#empty();
    });
    this.#part("[data-clear]").addEventListener("click", () => this.#empty());
    void this.#finder().catch(() => {});
    if (this.#input.value) void this.#show();
  }

  #empty() {
    this.#input.value = "";
    this.#input.focus();
    void this.#show();
  }

  #finder() {
    return (this.#loading ??= loadFinder(href("search.json")).catch((error) => {
      this.#loading = undefined;
      throw error;
    }));
  }

  async #show() {
    const query = this.#input.value;
    const isEmpty = !query.trim();
    this.#part("[data-clear]").hidden = !query;
    this.#part("[data-hard]").hidden = !isCrisis(query, this.#phrases);
    if (isEmpty) return this.#draw([], this.#usual);
    try {
      const all = (await this.#finder()).find(query);
      const found = this.#part("[data-hard]").hidden ? all : all.slice(0, FEW);
      // Something else was typed meanwhile.
      if (query === this.#input.value) this.#draw(found, this.#count(found.length));
    } catch (error) {
      console.error("nothing was searched", error);
      this.#draw([], gettext("Searching did not work. Everything is in the lists below."));
    }
  }

  /** @param {number} count */
  #count(count) {
    const isHard = !this.#part("[data-hard]").hidden;
    if (isHard && !count) return gettext("Help for a hard moment is here.");
    if (isHard) {
      return ngettext(
        "Help for a hard moment comes first, then %(num)s result.",
        "Help for a hard moment comes first, then %(num)s results.",
        count,
      );
    }
    if (count)
      return npgettext("how many pages a search finds", "%(num)s result", "%(num)s results", count);
    return gettext("Nothing found. Try fewer words, or other ones, or look round below.");
  }

  /** @param {Result[]} found @param {string} told */
  #draw(found, told) {
    this.#part("[data-results]").replaceChildren(...found.map((one) => this.#row(one)));
    this.#part("[data-elsewhere]").hidden = found.length > 0;
    clearTimeout(this.#telling);
    const news = this.#part("[data-told]");
    const tell = () => void (news.textContent !== told && say(news, told));
    this.#telling = setTimeout(tell, PATIENCE);
  }

  /** @param {Result} result */
  #row({ id, title, summary, small, lang, terms }) {
    const [kind] = id.split("/");
    const template = this.#page.querySelector(`template[data-kind="${kind}"]`);
    const row = /** @type {HTMLTemplateElement} */ (template).content.cloneNode(true);
    const link = /** @type {HTMLAnchorElement} */ (
      /** @type {DocumentFragment} */ (row).firstElementChild
    );
    link.href = href(id);
    const put = (/** @type {string} */ part, /** @type {string} */ text) => {
      const element = /** @type {HTMLElement} */ (link.querySelector(part));
      element.append(...passageNodes(() => marked(text, terms)));
      if (lang) Object.assign(element, { lang, dir: "ltr" });
    };
    put("b", title);
    put("[data-summary]", summary);
    const length = /** @type {HTMLElement} */ (link.querySelector("[data-small]"));
    length.textContent = small;
    return h("li", {}, link);
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#page.querySelector(selector));
  }
}
