// The box to search in. What somebody types stays in it: it is not sent, not put in the address, not remembered.
import { say } from "../lib/dom.js";
import { gettext, ngettext } from "../lib/messages.js";

/** @import { Found } from "./find.js" */
/** @import { Search } from "./search.js" */

/** Only what stays for a moment is read aloud. */
const PATIENCE = 400; // ms

/**
 * @param {HTMLElement} box
 * @param {() => Promise<Search>} load made ready when somebody begins
 * @param {(found: Found[] | null) => number} show gives how many are shown; null shows everything again
 * @returns {{again: () => void}} searches once more, when notes have changed
 */
export function startSearching(box, load, show) {
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  const clear = /** @type {HTMLElement} */ (box.querySelector("[data-clear]"));
  const news = /** @type {HTMLElement} */ (box.querySelector("[data-found]"));
  /** @type {Promise<Search> | undefined} */
  let loading;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let telling;
  const ready = () =>
    (loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    }));

  const tell = (/** @type {string} */ text) => {
    clearTimeout(telling);
    const put = () => void (news.textContent !== text && say(news, text));
    telling = setTimeout(put, text ? PATIENCE : 0);
  };

  const search = async () => {
    const query = input.value;
    clear.hidden = !query;
    if (!query.trim()) {
      show(null);
      return tell("");
    }
    try {
      const found = await (await ready())(query);
      // Something else was typed meanwhile.
      if (query !== input.value) return;
      const count = show(found);
      tell(found ? foundWords(count) : "");
    } catch (error) {
      console.error("notes were not searched", error);
      tell(gettext("Searching did not work. Close this page and open it again."));
    }
  };

  const empty = () => {
    input.value = "";
    input.focus();
    void search();
  };
  input.addEventListener("focus", () => void ready().catch(() => {}), { once: true });
  input.addEventListener("input", () => void search());
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    event.preventDefault();
    empty();
  });
  clear.addEventListener("click", empty);
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
