// The search box of the notes. What the user types stays in the box: it isn't sent, put in the address or remembered.
import { reportFailure } from "../../platform/reopening.js";
import { say } from "../../platform/dom.js";
import { gettext, ngettext } from "../../platform/i18n.js";
import { once } from "../../platform/once.js";

/** @import { Found } from "../../answers/rows.js" */
/** @import { Search } from "./search.js" */

/** Announce a result when it has stayed the same for this long. In ms. */
const PATIENCE = 400;

/**
 * Start the search box.
 *
 * @param {HTMLElement} box
 * @param {() => Promise<Search>} load called when the user begins to search
 * @param {(found: Found[] | null) => number} show returns how many notes are shown; null shows all notes again
 * @returns {{again: () => void}} `again` repeats the search: call it when notes have changed
 */
export function startSearching(box, load, show) {
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  const clearButton = /** @type {HTMLElement} */ (box.querySelector("[data-clear]"));
  const status = /** @type {HTMLElement} */ (box.querySelector("[data-found]"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const loadOnce = once(load);

  const announce = (/** @type {string} */ text) => {
    clearTimeout(timer);
    const write = () => void (status.textContent !== text && say(status, text));
    timer = setTimeout(write, text ? PATIENCE : 0);
  };

  const search = async () => {
    const query = input.value;
    clearButton.hidden = !query;
    if (!query.trim()) {
      show(null);
      return announce("");
    }
    try {
      const found = await (await loadOnce())(query);
      // The user has typed something else meanwhile.
      if (query !== input.value) return;
      const count = show(found);
      announce(found ? foundWords(count) : "");
    } catch (error) {
      reportFailure("notes were not searched", error);
      announce(gettext("Search didn’t work. Close this page and open it again."));
    }
  };

  const emptyBox = () => {
    input.value = "";
    input.focus();
    void search();
  };
  input.addEventListener("focus", () => void loadOnce().catch(() => {}), { once: true });
  input.addEventListener("input", () => void search());
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    event.preventDefault();
    emptyBox();
  });
  clearButton.addEventListener("click", emptyBox);
  return {
    again: () => {
      if (input.value.trim()) void search();
    },
  };
}

/** @param {number} count */
function foundWords(count) {
  if (!count) return gettext("Nothing found. Try fewer words, or other ones.");
  return ngettext("%(num)s note found", "%(num)s notes found", count);
}
