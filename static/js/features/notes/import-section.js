// The part of the notes page that brings notes back from a file. It shows what is in the file; nothing changes before
// the user agrees.
import { reportFailure } from "../../platform/reopening.js";
import { CHOICES } from "../../answers/rows.js";
import { bringIn, previewImport } from "../../data/import.js";
import { checkSize, readImport } from "../../data/import-file.js";
import { holdBusy } from "../../platform/busy.js";
import { h, say, toast } from "../../platform/dom.js";
import { clearFaults, showFaults } from "../../platform/forms.js";
import { gettext } from "../../platform/i18n.js";
import { againLabel, doneText, faultOf, linesOf, savedOn, storing } from "./import-texts.js";

/** @import { ImportFile } from "../../data/import-file.js" */
/** @import { Preview } from "../../data/import.js" */
/** @import { Vault } from "../../data/entries.js" */

export class ImportSection {
  #section;
  #vault;
  /** @type {{file: ImportFile, preview: Preview} | null} what the user is asked about */
  #asked = null;
  #working = false;

  /** @param {HTMLElement} section @param {Vault} vault */
  constructor(section, vault) {
    this.#section = section;
    this.#vault = vault;
    this.#find("[data-import-yes]").addEventListener("click", () => this.#agree());
    this.#find("[data-import-no]").addEventListener("click", () => {
      this.#close();
      this.#input.focus();
    });
    this.#again.addEventListener("change", () => this.#drawYes());
  }

  /** Read the file and show what is in it. @param {File} chosen */
  async show(chosen) {
    this.#close();
    await this.#work(gettext("Reading the file…"), async () => {
      checkSize(chosen.size);
      const file = readImport(await chosen.text());
      this.#asked = { file, preview: await previewImport(this.#vault, file.entries) };
      this.#draw();
    });
  }

  async #agree() {
    if (!this.#asked) return;
    const { file, preview } = this.#asked;
    const again = new Set(this.#again.checked ? this.#notes(preview.deleted) : []);
    const num = this.#notes([...preview.added, ...preview.changed]).length + again.size;
    await this.#work(storing(num), async () => {
      const ids = await bringIn(this.#vault, file.entries, again);
      const brought = await this.#vault.peek(ids);
      this.#close();
      this.#find("h2").focus();
      toast(doneText(brought.filter(({ kind }) => !CHOICES.has(kind)).length));
    });
  }

  /**
   * Say what is being done, do it, and say why if it fails.
   *
   * @param {string} text
   * @param {() => Promise<void>} act
   */
  async #work(text, act) {
    if (this.#working) return;
    this.#working = true;
    const release = holdBusy();
    clearFaults(this.#section);
    say(this.#find("[data-import-progress]"), text);
    try {
      await painted();
      await act();
    } catch (error) {
      reportFailure("the file was not brought in", error);
      showFaults(this.#section, [{ ...faultOf(error), field: this.#input.id }]);
    } finally {
      say(this.#find("[data-import-progress]"), "");
      release();
      this.#working = false;
    }
  }

  #draw() {
    if (!this.#asked) return;
    const { file, preview } = this.#asked;
    say(this.#find("[data-import-date]"), savedOn(file.exported));
    const lines = linesOf(file, preview).map((text) => h("li", { text }));
    this.#find("[data-import-lines]").replaceChildren(...lines);
    const deleted = this.#notes(preview.deleted).length;
    this.#find("[data-import-again]").hidden = !deleted;
    say(this.#find("[data-import-again] label"), againLabel(deleted));
    this.#again.checked = false;
    this.#drawYes();
    this.#find("[data-import-preview]").hidden = false;
    this.#find("h3").focus();
  }

  /** Without anything to bring in, there is nothing to agree to. */
  #drawYes() {
    if (!this.#asked) return;
    const { added, changed, deleted } = this.#asked.preview;
    const isNew = added.length + changed.length > 0;
    this.#find("[data-import-nothing]").hidden = isNew || this.#notes(deleted).length > 0;
    this.#find("[data-import-yes]").hidden = !isNew && !this.#again.checked;
  }

  /** Forget the file. */
  #close() {
    this.#asked = null;
    this.#find("[data-import-preview]").hidden = true;
  }

  /** @param {string[]} ids @returns {string[]} those of notes */
  #notes(ids) {
    const entries = this.#asked?.file.entries;
    return ids.filter((id) => !CHOICES.has(entries?.get(id)?.kind ?? ""));
  }

  /** @returns {HTMLInputElement} */
  get #input() {
    return /** @type {HTMLInputElement} */ (this.#find("[type=file]"));
  }

  /** @returns {HTMLInputElement} */
  get #again() {
    return /** @type {HTMLInputElement} */ (this.#find("[type=checkbox]"));
  }

  /** @param {string} selector @returns {HTMLElement} */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.#section.querySelector(selector));
  }
}

/** Resolve when the browser has shown what changed: reading a large file blocks it. */
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
