/** One practice note on the page: two sliders and a line, saved as they change. Template: components/practice.jinja. */
import { PRACTICE } from "../data/practice.js";
import { copy } from "../lib/copy.js";
import { locale } from "../lib/messages.js";
import { isBackedUp, onBackup, vault } from "../lib/vault.js";
import { Deleted } from "../notes/deleted.js";
import { holdBusy } from "../offline/busy.js";
import { fieldsIn } from "../worksheet/fields.js";
import { keepUntilSaved } from "../worksheet/leaving.js";
import { problemOf, SaveLine } from "../worksheet/save-line.js";
import { Sheet } from "../worksheet/sheet.js";
import { isNothing, isoDay } from "../worksheet/values.js";
import { showVersions } from "../worksheet/versions.js";
import { noteAsText } from "./words.js";

/** @import { Status } from "../data/backup-status.js" */
/** @import { Field } from "../worksheet/fields.js" */

/**
 * What the page around the note knows and does.
 * @typedef {object} Around
 * @property {() => {recording: string, version: string}} heard what a new note is about
 * @property {() => string} title of the recording
 * @property {() => void} changed the note, or what is stored of it, is another than a moment ago
 * @property {() => void} left it was removed, here or elsewhere
 * @property {(id: string) => void} back a note that was removed here is there again
 */

/** What isn't asked but goes with the answers. */
const FACTS = ["recording", "version", "day"];
const ANSWERS = ["before", "after", "words"];

export class PracticeNote {
  #root;
  #around;
  #sheet;
  #line;
  /** @type {Deleted | undefined} */
  #deleted;
  /** @type {Status | null} */
  #status = null;
  #backedUp = false;
  /** @type {any} */
  #refused = null;

  /** @param {HTMLElement} root @param {AbortSignal} signal @param {Around} around */
  constructor(root, signal, around) {
    this.#root = root;
    this.#around = around;
    this.#sheet = new Sheet(
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
    const stop = onBackup(async (status) => {
      this.#status = status;
      // It may be known already, before whoever makes this has it in hand.
      await null;
      await this.#checkBackup();
    });
    signal.addEventListener("abort", stop);
    keepUntilSaved(this.#sheet, signal);
  }

  /** Who can't save hears of it before they write much. */
  async warmUp() {
    try {
      await vault();
    } catch (error) {
      this.#refused = error;
      this.#draw();
    }
  }

  get id() {
    return this.#sheet.id;
  }

  get entry() {
    return this.#sheet.entry;
  }

  /** Whether something is on the screen that isn't stored. */
  get unsaved() {
    return this.#sheet.saving.unsaved;
  }

  /**
   * @param {string} id
   * @throws what the vault throws
   */
  async open(id) {
    await this.#sheet.open(id);
    await this.#checkBackup();
  }

  /** The next word is a note of its own. @returns {Promise<boolean>} false while words here can't be stored */
  async startAnew() {
    await this.#sheet.flush();
    if (this.unsaved) return false;
    this.#sheet.close();
    return true;
  }

  /** What an answer is now. @param {string} name */
  read(name) {
    return this.#sheet.fields.get(name)?.read();
  }

  /** What is known without asking has changed. @param {string} name @param {string} value */
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
    this.#deleted ??= new Deleted(await vault());
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
    // Nothing is made of a slider that was moved and emptied again.
    if (this.id || !this.isGiven) return;
    for (const each of FACTS) this.#sheet.typed(each);
  }

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
      problemOf(saving.error) ?? (saving.unsaved || !entry ? problemOf(this.#refused) : null);
    this.#line.show({
      saving: saving.saving,
      problem,
      savedAt: entry?.changed ?? null,
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
 * Kept like an answer, shown nowhere.
 *
 * @param {string} name
 * @param {() => Record<string, string>} now
 * @returns {Field}
 */
function fact(name, now) {
  /** @type {string | null} */
  let held = null;
  return {
    name,
    element: document.createElement("div"),
    question: { type: "text", label: name },
    read: () => held ?? now()[name],
    show: (value) => (held = value),
  };
}
