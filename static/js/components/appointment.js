// What to bring to an appointment: chosen among the notes, shown in large letters or on paper.
import { moment } from "../lib/dates.js";
import { h, say, toast } from "../lib/dom.js";
import { gettext, ngettext, pgettext } from "../lib/messages.js";
import { vault as openVault } from "../lib/vault.js";
import { Brought } from "../notes/brought.js";
import { discard, put } from "../notes/keyed.js";
import { passageNodes } from "../notes/passage.js";
import { foundRows, rowsOf } from "../notes/rows.js";
import { startSearching } from "../notes/search-box.js";
import { slugsOf, titleOf } from "../notes/titles.js";
import { showView } from "../notes/view.js";
import { arrow } from "../practice/words.js";

/** @import { Vault } from "../data/entries.js" */
/** @import { Found } from "../notes/find.js" */
/** @import { Row } from "../notes/rows.js" */

/** Older ones are shown when somebody asks. */
const NEWEST = 30;

/** @type {import("../main.js").Start} */
export default async function start(page, signal) {
  try {
    const vault = await openVault();
    if (!signal.aborted) await new Appointment(page, vault, signal).begin();
  } catch (error) {
    console.error("notes did not open", error);
    showView(page, "failed");
  }
}

class Appointment {
  #page;
  #vault;
  #signal;
  #brought;
  /** @type {Row[]} those that can be read, newest first */
  #rows = [];
  /** @type {Set<string>} */
  #chosen = new Set();
  /** @type {Found[] | null} */
  #found = null;
  #isAll = false;
  /** Choices that were made so far, and that are stored. */
  #made = 0;
  #stored = 0;
  /** @type {Map<string, HTMLElement>} by what they show */
  #choices = new Map();

  /** @param {HTMLElement} page @param {Vault} vault @param {AbortSignal} signal */
  constructor(page, vault, signal) {
    this.#page = page;
    this.#vault = vault;
    this.#signal = signal;
    this.#brought = new Brought(vault);
  }

  async begin() {
    const searching = startSearching(
      this.#part("[data-search]"),
      async () =>
        (await import("../notes/search.js")).openSearch(this.#vault, this.#page, this.#signal),
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
      toast(gettext("Nothing is chosen any more."), {
        label: pgettext("button", "Undo"),
        act: () => this.#choose(() => before),
      });
    });
    this.#on("[data-show]", async () => {
      const { showNotes } = await import("../notes/stage.js");
      showNotes(this.#part("[data-stage]"), await this.#read(), this.#signal);
    });
    this.#on("[data-print]", () => print());
    const refresh = async () => {
      await this.#look();
      searching.again();
    };
    this.#signal.addEventListener(
      "abort",
      this.#vault.onChange(() => void refresh().catch(report)),
    );
    await this.#look();
  }

  async #look() {
    const made = this.#made;
    const [list, chosen] = await Promise.all([this.#vault.list(), this.#brought.look()]);
    this.#rows = rowsOf(list, slugsOf(this.#page)).filter(({ address }) => address);
    const ids = new Set(this.#rows.map(({ id }) => id));
    // What was tapped meanwhile is on its way: the box doesn't jump back.
    const isSettled = made === this.#made && this.#stored === this.#made;
    const now = isSettled ? chosen : this.#chosen;
    this.#chosen = new Set([...now].filter((id) => ids.has(id)));
    showView(this.#page, this.#rows.length ? "list" : "empty");
    this.#draw();
    await this.#prepare();
  }

  /** @returns {number} how many are shown */
  #draw() {
    const rows = this.#shown();
    // Kept where they are, so that the keyboard's place stays.
    discard(this.#choices, new Set(rows.map(keyOf)), (choice) => choice);
    rows.forEach((row, at) => put(this.#part("[data-choices]"), this.#choice(row), at));
    this.#part("[data-older]").hidden = this.#found !== null || rows.length === this.#rows.length;
    this.#count();
    return rows.length;
  }

  /** The newest, and those that are chosen already. @returns {Row[]} */
  #shown() {
    if (this.#found) return foundRows(this.#rows, this.#found);
    // One that is no longer chosen stays for as long as the page does: its box has the keyboard.
    const isKept = (/** @type {Row} */ row) =>
      this.#chosen.has(row.id) || this.#choices.has(keyOf(row));
    return this.#rows.filter((row, at) => this.#isAll || at < NEWEST || isKept(row));
  }

  /** @param {Row} row */
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

  /** @param {(ids: Set<string>) => Iterable<string>} change */
  async #choose(change) {
    // Those of notes that are gone go from the choice as well.
    const ids = new Set(this.#rows.map(({ id }) => id));
    const keep = (/** @type {Set<string>} */ all) => [...change(all)].filter((id) => ids.has(id));
    this.#chosen = new Set(keep(new Set(this.#chosen)));
    this.#made += 1;
    this.#draw();
    try {
      await this.#brought.change(keep);
      this.#stored += 1;
    } catch (error) {
      report(error);
      this.#stored += 1;
      toast(gettext("That did not work. Nothing was lost."));
    }
    if (this.#stored === this.#made) await this.#look().catch(report);
  }

  #count() {
    const count = this.#chosen.size;
    const said = count
      ? ngettext("%(num)s note chosen", "%(num)s notes chosen", count)
      : gettext("Nothing chosen yet.");
    const line = this.#part("[data-chosen]");
    if (line.textContent !== said) say(line, said);
    for (const part of ["[data-none]", "[data-show-them]"]) this.#part(part).hidden = !count;
  }

  async #read() {
    const { readNotes } = await import("../notes/read.js");
    return readNotes(this.#vault, this.#page, this.#chosen);
  }

  /** What the browser prints by itself is what was chosen. */
  async #prepare() {
    const paper = this.#part("[data-paper]");
    if (!this.#chosen.size) return paper.replaceChildren();
    const chosen = this.#chosen;
    const [notes, { onPaper }] = await Promise.all([this.#read(), import("../notes/read.js")]);
    if (chosen === this.#chosen) paper.replaceChildren(...onPaper(notes));
  }

  /** @param {string} selector @param {() => void | Promise<void>} act */
  #on(selector, act) {
    this.#part(selector).addEventListener("click", async () => {
      try {
        await act();
      } catch (error) {
        report(error);
        toast(gettext("That did not work. Nothing was lost."));
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

/** @param {Row["practice"]} practice @returns {(Node | string)[]} "3 → 6 · The garden again" */
function practiceNodes(practice) {
  if (!practice) return [];
  const said = [arrow(practice), practice.words && h("bdi", {}, practice.words)].filter(Boolean);
  return said.length > 1 ? [said[0], " · ", said[1]] : said;
}

/** @param {Set<string>} ids @param {string} id @param {boolean} is */
function toggled(ids, id, is) {
  if (is) return ids.add(id);
  ids.delete(id);
  return ids;
}

/** @param {unknown} error */
function report(error) {
  console.error("the notes for an appointment could not be brought up to date", error);
}
