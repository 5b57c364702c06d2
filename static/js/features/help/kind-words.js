/**
 * "My own kind words", on the help page: one entry of the kind "kind-words", sealed like every other entry.
 * Template: components/kind-words.jinja.
 */
import { reportFailure } from "../../platform/reopening.js";
import { same } from "../../data/entry-view.js";
import { copy } from "../../platform/copy.js";
import { locale } from "../../platform/i18n.js";
import { holdBusy } from "../../platform/busy.js";
import { fieldsIn } from "../../answers/fields.js";
import { keepUntilSaved } from "../../answers/leaving.js";
import { problemOf, SaveLine } from "../../answers/save-line.js";
import { EntryForm } from "../../answers/entry-form.js";
import { isNothing } from "../../answers/values.js";
import { showVersions } from "../../answers/versions.js";

/** @import { Status } from "../../data/backup-status.js" */
/** @import { Entry, FieldVersion } from "../../data/entry-view.js" */
/** @import { Undo } from "../../data/entries.js" */

const KIND = "kind-words";
const NAME = "words";

export class KindWords {
  #root;
  #signal;
  #sheet;
  #line;
  #editing = false;
  /** @type {any} why the vault could not be opened */
  #openError = null;
  /** @type {Entry[]} entries that other phones created before they knew of the open one */
  #others = [];
  /** What undoing a choice needs. @type {{removed: Undo[], values: any[]}} */
  #undoing = { removed: [], values: [] };
  /** @type {Status | null} */
  #status = null;
  #backedUp = false;

  /** @param {HTMLElement} root @param {AbortSignal} signal */
  constructor(root, signal) {
    this.#root = root;
    this.#signal = signal;
    this.#sheet = new EntryForm(
      fieldsIn(root),
      {
        vault: () => this.#open(),
        hold: holdBusy,
        about: { kind: KIND, locale: locale() },
        signal,
      },
      {
        changed: () => this.#draw(),
        versions: (field, versions) => {
          if (!this.#others.length) showVersions(field, versions, this.#sheet);
        },
        named: () => {},
        gone: () => {},
      },
    );
    this.#line = new SaveLine(this.#part("[data-save-line]"), this.#part("[data-save-news]"), {
      retry: () => this.#sheet.flush(),
      copy: () => copy(this.#words()),
    });
    this.#listen();
  }

  #listen() {
    this.#part("[data-done]").addEventListener("click", () => this.#finish());
    this.#root.addEventListener("input", () => this.#sheet.typed(NAME));
    this.#root.addEventListener("focusout", () => setTimeout(() => this.#sheet.left()));
    keepUntilSaved(this.#sheet, this.#signal);
  }

  async #open() {
    const { isBackedUp, onBackup, vault } = await import("../../session/vault.js");
    const entries = await vault();
    // The reader may have left the page while the vault was opening.
    if (!this.#status && !this.#signal.aborted) {
      const stopStatus = onBackup(async (status) => {
        this.#status = status;
        const { id } = this.#sheet;
        this.#backedUp = Boolean(id && status.enabled && (await isBackedUp(id)));
        this.#draw();
      });
      const stopFollowing = entries.onChange(({ source }) => {
        if (source !== "here" && !this.#editing) this.look();
      });
      this.#signal.addEventListener("abort", stopStatus);
      this.#signal.addEventListener("abort", stopFollowing);
    }
    return entries;
  }

  /**
   * Find the words and show them. Two phones may each have created an entry before they synced. The oldest entry is the
   * one that stays.
   */
  async look() {
    const entries = await this.#open();
    const { entries: all } = await entries.list();
    const matching = all.filter(({ kind, filled }) => kind === KIND && filled > 0);
    const [first, ...others] = matching.sort((a, b) => (a.created < b.created ? -1 : 1));
    if (!first) return this.#draw();
    await this.#sheet.open(first.id);
    this.#others = await Promise.all(others.map(({ id }) => entries.read(id)));
    if (this.#others.length) this.#compare();
    this.#draw();
  }

  /** Show the versions from all entries, for the reader to choose from. */
  #compare() {
    const all = [this.#sheet.entry, ...this.#others].flatMap((entry) => entry?.fields[NAME] ?? []);
    const versions = all.filter(
      ({ value }, at) => all.findIndex((other) => same(other.value, value)) === at,
    );
    const field = this.#sheet.fields.get(NAME);
    if (!field) return;
    showVersions(field, [], this.#sheet);
    if (versions.length < 2) {
      this.#others = [];
      return;
    }
    showVersions(field, versions, {
      choose: (_, value) => this.#choose(value, versions),
      unchoose: (_name, _values, kept) => this.#unchoose(kept),
    });
  }

  /** @param {any} value @param {FieldVersion[]} versions */
  async #choose(value, versions) {
    const entries = await this.#open();
    const others = this.#others;
    this.#others = [];
    const values = this.#sheet.entry?.fields[NAME]?.map((version) => version.value) ?? [];
    const shown = versions.map((version) => version.value);
    await this.#sheet.choose(NAME, value, shown);
    // Remove only the entries whose versions the reader chose from.
    const removed = await Promise.all(others.map(({ id }) => entries.remove(id)));
    this.#undoing = { removed, values };
    this.#draw();
  }

  /** @param {any} kept */
  async #unchoose(kept) {
    const entries = await this.#open();
    const { removed, values } = this.#undoing;
    await Promise.all(removed.map((undo) => entries.undo(undo)));
    await this.#sheet.unchoose(NAME, values, kept);
    await this.look();
  }

  #words() {
    return this.#sheet.fields.get(NAME)?.read() ?? "";
  }

  /** Open the text area and move the focus there. */
  edit() {
    this.#editing = true;
    this.#draw();
    this.#root.querySelector("textarea")?.focus();
    this.#open().catch((error) => {
      reportFailure("the kind words could not be opened", error);
      this.#openError = error;
      this.#draw();
    });
  }

  async #finish() {
    await this.#sheet.flush();
    // While words are unsaved, the text area and the save line stay on the screen.
    if (this.#sheet.saving.unsaved) return;
    this.#editing = false;
    this.#draw();
    this.#part(isNothing(this.#words()) ? "[data-view=none]" : "[data-view=kept]")
      .querySelector("button")
      ?.focus();
  }

  #draw() {
    const conflict = this.#root.querySelector("[data-conflict]") !== null;
    const words = this.#words();
    const view = this.#editing || conflict ? "edit" : isNothing(words) ? "none" : "kept";
    for (const part of this.#root.querySelectorAll("[data-view]")) {
      if (part instanceof HTMLElement) part.hidden = part.dataset.view !== view;
    }
    this.#part("[data-done-line]").hidden = !this.#editing || conflict;
    this.#part("[data-said]").textContent = words;
    this.#drawLine(conflict);
  }

  /** @param {boolean} conflict */
  #drawLine(conflict) {
    const { saving } = this.#sheet;
    if (saving.unsaved) this.#backedUp = false;
    const problem = problemOf(saving.error ?? this.#openError);
    const line = this.#part("[data-save-line]");
    this.#line.show({
      saving: saving.saving,
      problem,
      id: this.#sheet.id,
      savedAt: this.#sheet.savedAt,
      conflict,
      backedUp: this.#backedUp,
      online: navigator.onLine,
      backup: this.#status,
    });
    line.hidden = !this.#editing && !saving.unsaved;
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    const part = this.#root.querySelector(selector);
    if (!(part instanceof HTMLElement)) throw new Error(`the kind words have no ${selector}`);
    return part;
  }
}
