/**
 * A practice note on the page: two sliders and a line of text, saved as they change.
 * Template: components/practice.jinja.
 */
import { PRACTICE } from "../../data/practice.js";
import { copy } from "../../platform/copy.js";
import { locale } from "../../platform/i18n.js";
import { isBackedUp, onBackup, vault } from "../../session/vault.js";
import { DeletedNotes } from "../../answers/deleted.js";
import { holdBusy } from "../../platform/busy.js";
import { fieldsIn } from "../../answers/fields.js";
import { keepUntilSaved } from "../../answers/leaving.js";
import { problemOf, SaveLine } from "../../answers/save-line.js";
import { EntryForm } from "../../answers/entry-form.js";
import { isNothing, isoDay } from "../../answers/values.js";
import { showVersions } from "../../answers/versions.js";
import { noteAsText } from "../../answers/practice-text.js";

/** @import { Status } from "../../data/backup-status.js" */
/** @import { Field } from "../../answers/fields.js" */

/**
 * What the note needs from the page.
 * @typedef {object} Around
 * @property {() => {recording: string, version: string}} heard the recording that a new note is about
 * @property {() => string} title of the recording
 * @property {() => void} changed the note or its stored state may have changed
 * @property {() => void} left the note was deleted, here or elsewhere
 * @property {(id: string) => void} back the reader has undone the deletion of a note
 */

/** Fields that the page fills in itself and stores with the answers. */
const FACTS = ["recording", "version", "day"];
const ANSWERS = ["before", "after", "words"];

export class NoteForm {
  #root;
  #around;
  #sheet;
  #line;
  /** @type {DeletedNotes | undefined} */
  #deleted;
  /** @type {Status | null} */
  #status = null;
  #backedUp = false;
  /** @type {any} why the vault could not be opened */
  #openError = null;

  /** @param {HTMLElement} root @param {AbortSignal} signal @param {Around} around */
  constructor(root, signal, around) {
    this.#root = root;
    this.#around = around;
    this.#sheet = new EntryForm(
      this.#fields(),
      { vault, hold: holdBusy, about: { kind: PRACTICE, locale: locale() }, signal },
      {
        changed: () => this.#draw(),
        versions: (field, versions) => {
          if (ANSWERS.includes(field.name)) showVersions(field, versions, this.#sheet);
        },
        named: () => {},
        gone: () => around.left(),
      },
    );
    this.#line = new SaveLine(this.#part("[data-save-line]"), this.#part("[data-save-news]"), {
      retry: () => this.#sheet.flush(),
      copy: () => this.copy(),
      lead: () => this.#versionsButton()?.focus(),
    });
    this.#listen(signal);
  }

  /** @returns {Map<string, Field>} */
  #fields() {
    const heard = () => ({ ...this.#around.heard(), day: isoDay(new Date()) });
    const facts = FACTS.map((name) => /** @type {const} */ ([name, fact(name, heard)]));
    return new Map([...fieldsIn(this.#root), ...facts]);
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    this.#root.addEventListener("input", ({ target }) => this.#typed(target), { signal });
    this.#root.addEventListener("focusout", () => setTimeout(() => this.#sheet.left()), { signal });
    addEventListener("online", () => this.#draw(), { signal });
    addEventListener("offline", () => this.#draw(), { signal });
    const stopStatus = onBackup(async (status) => {
      this.#status = status;
      // If the status is known already, this runs inside the constructor. Wait for a microtask, so that the caller has
      // the note before its `changed` is called.
      await null;
      await this.#checkBackup();
    });
    signal.addEventListener("abort", stopStatus);
    keepUntilSaved(this.#sheet, signal);
  }

  /** Open the vault, so that the reader is told early if nothing can be stored. */
  async warmUp() {
    try {
      await vault();
    } catch (error) {
      this.#openError = error;
      this.#draw();
    }
  }

  get id() {
    return this.#sheet.id;
  }

  get entry() {
    return this.#sheet.entry;
  }

  /** Whether the screen shows something that isn't stored. */
  get unsaved() {
    return this.#sheet.saving.unsaved;
  }

  /**
   * Open a stored note.
   * @param {string} id
   * @throws what the vault throws
   */
  async open(id) {
    await this.#sheet.open(id);
    await this.#checkBackup();
  }

  /**
   * Close this note, so that the next answer begins a new one.
   * @returns {Promise<boolean>} false if words here can't be stored; the note then stays open
   */
  async startAnew() {
    await this.#sheet.flush();
    if (this.unsaved) return false;
    this.#sheet.close();
    return true;
  }

  /** Return the present value of a field. @param {string} name */
  read(name) {
    return this.#sheet.fields.get(name)?.read();
  }

  /** Store a field that the page fills in itself, if it has changed. @param {string} name @param {string} value */
  learn(name, value) {
    const field = this.#sheet.fields.get(name);
    const [stored] = this.entry?.fields[name] ?? [];
    if (!this.id || !field || stored?.value === value) return;
    field.show(value);
    this.#sheet.typed(name);
  }

  flush() {
    return this.#sheet.flush();
  }

  copy() {
    const answers = Object.fromEntries(ANSWERS.map((name) => [name, this.read(name)]));
    const day = this.read("day");
    return copy(noteAsText(this.#around.title(), /** @type {any} */ ({ ...answers, day })));
  }

  async remove() {
    await this.#sheet.flush();
    const { id } = this;
    if (!id) return;
    this.#deleted ??= new DeletedNotes(await vault());
    await this.#deleted.remove(id, ([first]) => this.#around.back(first ?? id));
    this.#sheet.close();
    this.#around.left();
  }

  /** @param {EventTarget | null} target */
  #typed(target) {
    const element = target instanceof Element ? target.closest("[data-field]") : null;
    const name = element instanceof HTMLElement ? (element.dataset.field ?? "") : "";
    if (!this.#sheet.fields.has(name)) return;
    this.#sheet.typed(name);
    // Don't create a note for a slider that was moved and then cleared.
    if (this.id || !this.isGiven) return;
    for (const factName of FACTS) this.#sheet.typed(factName);
  }

  /** Whether there is an answer. */
  get isGiven() {
    return ANSWERS.some((name) => !isNothing(this.read(name)));
  }

  async #checkBackup() {
    const { id } = this;
    const backedUp = Boolean(id && this.#status?.enabled && (await isBackedUp(id)));
    this.#backedUp = backedUp && id === this.id;
    this.#draw();
  }

  #draw() {
    const { entry, saving } = this.#sheet;
    if (saving.unsaved) this.#backedUp = false;
    const line = this.#part("[data-save-line]");
    const problem =
      problemOf(saving.error) ?? (saving.unsaved || !entry ? problemOf(this.#openError) : null);
    this.#line.show({
      saving: saving.saving,
      problem,
      id: this.id,
      savedAt: this.#sheet.savedAt,
      conflict: this.#versionsButton() !== null,
      backedUp: this.#backedUp,
      online: navigator.onLine,
      backup: this.#status,
    });
    line.hidden = !entry && !saving.unsaved && !problem;
    this.#around.changed();
  }

  /** @returns {HTMLElement | null} */
  #versionsButton() {
    return this.#root.querySelector("[data-conflict] button");
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    const part = this.#root.querySelector(selector);
    if (!(part instanceof HTMLElement)) throw new Error(`the practice note has no ${selector}`);
    return part;
  }
}

/**
 * Return a field that is stored like an answer but not shown.
 *
 * @param {string} name
 * @param {() => Record<string, string>} defaults values of all such fields in a new note
 * @returns {Field}
 */
function fact(name, defaults) {
  /** @type {string | null} */
  let stored = null;
  return {
    name,
    element: document.createElement("div"),
    question: { type: "text", label: name },
    read: () => stored ?? defaults()[name],
    show: (value) => (stored = value),
  };
}
