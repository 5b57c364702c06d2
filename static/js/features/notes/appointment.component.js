// The page for choosing the notes to bring to an appointment. The chosen notes are shown in large letters or printed.
import { reportFailure } from "../../platform/reopening.js";
import { moment } from "../../platform/dates.js";
import { h, say, toast } from "../../platform/dom.js";
import { gettext, ngettext, pgettext } from "../../platform/i18n.js";
import { explainOn } from "../../session/trouble.js";
import { vault as openVault } from "../../session/vault.js";
import { BroughtNotes } from "../../answers/brought.js";
import { discard, put } from "../../platform/keyed.js";
import { passageNodes } from "../../platform/passage.js";
import { foundRows, rowsOf } from "../../answers/rows.js";
import { startSearching } from "./search-box.js";
import { slugsOf, titleOf } from "../../answers/titles.js";
import { showView } from "../../platform/views.js";
import { readPlace } from "../../answers/address.js";
import { arrow } from "../../answers/practice-text.js";

/** @import { Vault } from "../../data/entries.js" */
/** @import { Found } from "../../answers/rows.js" */
/** @import { Row } from "../../answers/rows.js" */

/** Show this many of the newest notes at first. A button shows the older ones. */
const NEWEST = 30;

/** @type {import("../../platform/page.js").Start} */
export default async function start(page, signal) {
  try {
    const vault = await openVault();
    if (!signal.aborted) await new Appointment(page, vault, signal).begin();
  } catch (error) {
    reportFailure("notes did not open", error);
    showView(page, "failed");
    explainOn(page.querySelector("[data-view=failed]"), error);
  }
}

class Appointment {
  #page;
  #vault;
  #signal;
  #brought;
  /** @type {Row[]} the notes that can be opened, newest first */
  #rows = [];
  /** @type {Set<string>} ids of the chosen notes */
  #chosen = new Set();
  /** @type {Found[] | null} the search results; null when nothing is searched for */
  #found = null;
  /** Whether the older notes are shown too. */
  #isAll = false;
  /** How many changes of the choice were made here, and how many of them were stored or have failed. */
  #made = 0;
  #ended = 0;
  /** @type {Map<string, HTMLElement>} elements by `keyOf` their row */
  #choices = new Map();

  /** @param {HTMLElement} page @param {Vault} vault @param {AbortSignal} signal */
  constructor(page, vault, signal) {
    this.#page = page;
    this.#vault = vault;
    this.#signal = signal;
    this.#brought = new BroughtNotes(vault);
  }

  async begin() {
    const { entry } = readPlace(location.hash);
    if (entry) await this.#brought.bring(entry, true);
    const searching = startSearching(
      this.#part("[data-search]"),
      async () => (await import("./search.js")).openSearch(this.#vault, this.#page, this.#signal),
      (found) => {
        this.#found = found;
        return this.#draw();
      },
    );
    this.#on("[data-older]", () => {
      this.#isAll = true;
      const first = this.#part("[data-choices]").children.length;
      this.#draw();
      this.#part("[data-choices]").children[first]?.querySelector("input")?.focus();
    });
    this.#on("[data-none]", async () => {
      const before = this.#chosen;
      await this.#choose(() => []);
      this.#part("[data-choices] input").focus();
      toast(gettext("Nothing is chosen now."), {
        label: pgettext("button", "Undo"),
        act: () => this.#choose(() => before),
      });
    });
    this.#on("[data-show]", async () => {
      const { showNotes } = await import("./full-screen.js");
      showNotes(this.#part("[data-stage]"), await this.#read(), this.#signal);
    });
    this.#on("[data-print]", async () => {
      await this.#prepare();
      print();
    });
    const refresh = async () => {
      await this.#refresh();
      searching.again();
    };
    this.#signal.addEventListener(
      "abort",
      this.#vault.onChange(() => void refresh().catch(report)),
    );
    await this.#refresh();
  }

  /** Read the notes and the choice from the vault, and draw them. */
  async #refresh() {
    const made = this.#made;
    const [list, stored] = await Promise.all([this.#vault.list(), this.#brought.look()]);
    this.#rows = rowsOf(list, slugsOf(this.#page)).filter(({ address }) => address);
    const ids = new Set(this.#rows.map(({ id }) => id));
    // While a change is still being stored, the stored choice is out of date: its checkbox would jump back.
    const isSettled = made === this.#made && this.#ended === this.#made;
    const current = isSettled ? stored : this.#chosen;
    this.#chosen = new Set([...current].filter((id) => ids.has(id)));
    showView(this.#page, this.#rows.length ? "list" : "empty");
    this.#draw();
    await this.#prepare();
  }

  /** @returns {number} how many notes are shown */
  #draw() {
    const rows = this.#shown();
    // Keep the elements that are there already, so that none of them loses focus.
    discard(this.#choices, new Set(rows.map(keyOf)), (choice) => choice);
    rows.forEach((row, index) => put(this.#part("[data-choices]"), this.#choice(row), index));
    this.#part("[data-older]").hidden = this.#found !== null || rows.length === this.#rows.length;
    this.#count();
    return rows.length;
  }

  /** Return the search results or, without a search, the newest notes and the chosen ones. @returns {Row[]} */
  #shown() {
    if (this.#found) return foundRows(this.#rows, this.#found);
    // An older note that is no longer chosen stays in the list: its checkbox may have focus.
    const isKept = (/** @type {Row} */ row) =>
      this.#chosen.has(row.id) || this.#choices.has(keyOf(row));
    return this.#rows.filter((row, index) => this.#isAll || index < NEWEST || isKept(row));
  }

  /** Return the row's element, up to date. @param {Row} row */
  #choice(row) {
    const choice = this.#choices.get(keyOf(row)) ?? this.#makeChoice(row);
    this.#choices.set(keyOf(row), choice);
    const box = /** @type {HTMLInputElement} */ (choice.querySelector("input"));
    box.checked = this.#chosen.has(row.id);
    choice.querySelector(".passage")?.replaceChildren(...passageNodes(row.passage));
    return choice;
  }

  /** @param {Row} row */
  #makeChoice({ id, changed, practice, ...row }) {
    const box = h("input", {
      type: "checkbox",
      class: "nhsuk-checkboxes__input",
      id: `choose-${id}`,
      autocomplete: "off",
      onchange: () => {
        const { checked } = box;
        void this.#choose((ids) => toggled(ids, id, checked));
      },
    });
    const lines = [changed === undefined ? [] : [moment(changed)], practiceNodes(practice)];
    const label = h(
      "label",
      { class: "nhsuk-label nhsuk-checkboxes__label text", for: box.id },
      h("b", {}, titleOf(this.#page, { ...row, practice })),
      ...lines.filter(({ length }) => length).map((line) => h("small", {}, ...line)),
      h("span", { class: "passage", dir: "auto" }),
    );
    return h("div", { class: "nhsuk-checkboxes__item" }, box, label);
  }

  /** Change the choice on the screen, then store it. @param {(ids: Set<string>) => Iterable<string>} change */
  async #choose(change) {
    // Drop the ids of notes that no longer exist.
    const ids = new Set(this.#rows.map(({ id }) => id));
    const keep = (/** @type {Set<string>} */ all) => [...change(all)].filter((id) => ids.has(id));
    this.#chosen = new Set(keep(new Set(this.#chosen)));
    this.#made += 1;
    this.#draw();
    try {
      await this.#brought.change(keep);
      this.#ended += 1;
    } catch (error) {
      this.#ended += 1;
      if (!report(error)) toast(gettext("That did not work. Nothing was lost."));
    }
    if (this.#ended === this.#made) await this.#refresh().catch(report);
  }

  #count() {
    const count = this.#chosen.size;
    const text = count
      ? ngettext("%(num)s note chosen", "%(num)s notes chosen", count)
      : gettext("Nothing chosen yet.");
    const line = this.#part("[data-chosen]");
    if (line.textContent !== text) say(line, text);
    for (const part of ["[data-none]", "[data-show-them]"]) this.#part(part).hidden = !count;
    this.#part("[data-unchosen]").hidden = count > 0;
  }

  async #read() {
    const { readNotes } = await import("./read.js");
    return readNotes(this.#vault, this.#page, this.#chosen);
  }

  /** Put the chosen notes into the part for printing, so that the browser's own print command prints them. */
  async #prepare() {
    const paper = this.#part("[data-paper]");
    if (!this.#chosen.size) return paper.replaceChildren();
    const chosen = this.#chosen;
    const [notes, { onPaper }] = await Promise.all([this.#read(), import("./read.js")]);
    if (chosen === this.#chosen) paper.replaceChildren(...onPaper(notes));
  }

  /**
   * Run an action at each click. If it fails, show a message.
   * @param {string} selector
   * @param {() => void | Promise<void>} act
   */
  #on(selector, act) {
    this.#part(selector).addEventListener("click", async () => {
      try {
        await act();
      } catch (error) {
        if (!report(error)) toast(gettext("That did not work. Nothing was lost."));
      }
    });
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#page.querySelector(selector));
  }
}

/** @param {Row} row */
const keyOf = ({ id, changed }) => `${id} ${changed}`;

/** @param {Row["practice"]} practice @returns {(Node | string)[]} such as "3 → 6 · The garden again" */
function practiceNodes(practice) {
  if (!practice) return [];
  const parts = [arrow(practice), practice.words && h("bdi", {}, practice.words)].filter(Boolean);
  return parts.length > 1 ? [parts[0], " · ", parts[1]] : parts;
}

/** Add an id to the set, or delete it. @param {Set<string>} ids @param {string} id @param {boolean} isChosen */
function toggled(ids, id, isChosen) {
  if (isChosen) return ids.add(id);
  ids.delete(id);
  return ids;
}

/** @param {unknown} error */
function report(error) {
  return reportFailure("the notes for an appointment could not be brought up to date", error);
}
