// The search page shows results while the user types. The query stays in the text field: it is not sent, not put in the
// address and not remembered.
import { reportFailure } from "../../platform/reopening.js";
import { h, href, say } from "../../platform/dom.js";
import { drawing } from "../../platform/drawings.js";
import { gettext, ngettext, npgettext } from "../../platform/i18n.js";
import { once } from "../../platform/once.js";
import { passageNodes } from "../../platform/passage.js";
import { loadFinder } from "./finder.js";
import { marked } from "../../platform/search-words.js";

/** @import { Result } from "./finder.js" */

/** The address of Help, below the language. Where its lines are shown, it is no result. */
const HELP = "help";
/** Below the help for a hard moment, show no more results than this. */
const FEW = 3;
/** The status line changes, and is read aloud, only when nothing was typed for this long. In ms. */
const STATUS_DELAY = 500;

/** @type {import("../../platform/page.js").Start} */
export default function start(page) {
  const search = new Search(page);
  search.begin();
}

class Search {
  #page;
  #input;
  /** The status line's text before anything is typed. */
  #usualStatus;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #statusTimer;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#page = page;
    this.#input = /** @type {HTMLInputElement} */ (this.#part("input"));
    this.#usualStatus = this.#part("[data-told]").textContent ?? "";
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
    // The user may have typed before this script ran.
    if (this.#input.value) void this.#show();
  }

  #empty() {
    this.#input.value = "";
    this.#input.focus();
    void this.#show();
  }

  #finder = once(() => loadFinder(href("search.json")));

  async #show() {
    const query = this.#input.value;
    const isEmpty = !query.trim();
    this.#part("[data-clear]").hidden = !query;
    if (isEmpty) return this.#draw([], this.#usualStatus, false);
    try {
      const finder = await this.#finder();
      // If the query has changed meanwhile, its own results follow.
      if (query !== this.#input.value) return;
      const isHard = finder.isCrisis(query);
      const all = finder.find(query);
      const results = isHard ? all.filter(({ id }) => id !== HELP).slice(0, FEW) : all;
      this.#draw(results, this.#count(results.length, isHard), isHard);
    } catch (error) {
      reportFailure("nothing was searched", error);
      // Without the index nobody knows whether help is needed, so it is shown.
      const status = gettext("Search didn’t work. Everything is in the lists below.");
      this.#draw([], status, true);
    }
  }

  /** Say how many results there are. @param {number} count @param {boolean} isHard */
  #count(count, isHard) {
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

  /**
   * @param {Result[]} results
   * @param {string} status the text of the status line
   * @param {boolean} isHard whether help comes first
   */
  #draw(results, status, isHard) {
    this.#part("[data-hard]").hidden = !isHard;
    this.#part("[data-results]").replaceChildren(...results.map((result) => this.#row(result)));
    this.#part("[data-elsewhere]").hidden = results.length > 0;
    const isAnswered = results.length > 0 || !this.#part("[data-hard]").hidden;
    this.#part("[data-nothing]").hidden = isAnswered || !this.#input.value.trim();
    clearTimeout(this.#statusTimer);
    const line = this.#part("[data-told]");
    const tell = () => void (line.textContent !== status && say(line, status));
    this.#statusTimer = setTimeout(tell, STATUS_DELAY);
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
    // The other kinds have an icon.
    if (!link.querySelector("svg")) link.prepend(drawing(id));
    const put = (/** @type {string} */ part, /** @type {string} */ text) => {
      const element = /** @type {HTMLElement} */ (link.querySelector(part));
      element.append(...passageNodes(() => marked(text, terms)));
      if (lang) Object.assign(element, { lang, dir: "ltr" });
    };
    put("b", title);
    put("[data-summary]", summary);
    const length = /** @type {HTMLElement} */ (link.querySelector("[data-small]"));
    if (small) length.textContent = small;
    else /** @type {HTMLElement} */ (length.parentElement).remove();
    return h("li", {}, link);
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#page.querySelector(selector));
  }
}
