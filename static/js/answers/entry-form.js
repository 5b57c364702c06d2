/** A form and the entry that it fills. Reads, follows and saves the entry. Knows nothing about the page's look. */
import { EntryDeletedError, EntryMissingError } from "../data/errors.js";
import { same } from "../data/entry-view.js";
import { Saver } from "./saver.js";

/** @import { Entry, FieldVersion } from "../data/entry-view.js" */
/** @import { Vault } from "../data/entries.js" */
/** @import { Field } from "./fields.js" */
/** @import { SaverState } from "./saver.js" */

/** The reader counts as typing until this long after the last keystroke, in ms. */
const TYPING = 3000;
/**
 * From this size on, the page warns that the backup will soon refuse the answers. In bytes. One sealed record holds
 * 63 KiB (sync.md), and merging needs some room. The phone itself has no such limit.
 */
export const ALMOST = 52 * 1024;

/**
 * The page's callbacks.
 * @typedef {object} Page
 * @property {() => void} changed the answers, the entry or the state of saving may have changed
 * @property {(field: Field, versions: FieldVersion[]) => void} versions an answer has several versions; with one or
 *   none, its conflict is over
 * @property {() => void} named the entry now has an id
 * @property {() => void} gone the entry was deleted elsewhere
 */

/**
 * What the sheet works with.
 * @typedef {object} Means
 * @property {() => Promise<Vault>} vault
 * @property {() => () => void} hold keeps the page from being replaced
 * @property {AbortSignal} signal aborted when the reader leaves the page
 * @property {{kind: string, worksheet?: string, revision?: number, locale?: string}} about properties of a new entry
 */

export class EntryForm {
  /** @type {Map<string, Field>} */
  fields;
  /** @type {Entry | null} the stored entry; null before the first write */
  entry = null;
  /** @type {string} id of a new entry before its first write */
  #draft = "";
  /** @type {string} id of an entry that was deleted elsewhere; it may come back */
  #lost = "";
  /** @type {Map<string, any>} stored values by answer, as far as the form knows */
  #held = new Map();
  /** Time of this page's last write of the entry, in ms since 1970; 0 before the first. */
  #stored = 0;
  /** @type {Map<string, number>} time of the last keystroke by answer, in ms since 1970 */
  #typed = new Map();
  /** @type {any} */
  #timer;
  /** @type {Vault | undefined} the vault that the sheet follows; each time the lock opens, there is a new vault */
  #followed;
  #means;
  #page;
  #saver;

  /**
   * @param {Map<string, Field>} fields
   * @param {Means} means
   * @param {Page} page
   */
  constructor(fields, means, page) {
    this.fields = fields;
    this.#means = means;
    this.#page = page;
    this.#saver = new Saver({
      write: (names) => this.#write(names),
      report: () => page.changed(),
      hold: means.hold,
    });
  }

  get id() {
    return this.entry?.id ?? "";
  }

  /** Time of the last write of the entry, in ms since 1970; null before the first. */
  get savedAt() {
    return this.entry && latestPast([this.#stored, this.entry.changed], Date.now());
  }

  /** @returns {SaverState} */
  get saving() {
    return this.#saver.state;
  }

  /** The size of all answers, in bytes. */
  get length() {
    return new TextEncoder().encode(JSON.stringify(this.#allAnswers())).length;
  }

  /**
   * Open an entry and show its answers.
   * @param {string} id
   * @param {(entry: Entry) => boolean} [isHere] whether this page is the one that shows the entry
   * @returns {Promise<boolean>} the result of `isHere`; if it is false, the sheet keeps its entry
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError | StorageLostError}
   */
  async open(id, isHere = () => true) {
    await this.#saver.flush();
    const entries = await this.#vault();
    const entry = await entries.read(id);
    if (!isHere(entry)) return false;
    // The reader typed while the entry was being read. Store those words first: they belong to the entry on the screen.
    if (this.saving.saving) return this.open(id, isHere);
    this.#clear();
    this.#take(entry);
    return true;
  }

  /** Close the entry, so that the page is a new sheet again. */
  close() {
    this.#clear();
    this.#page.changed();
  }

  /** Save an answer that the reader has changed. @param {string} name */
  typed(name) {
    this.#typed.set(name, Date.now());
    this.#saver.changed(name);
  }

  /** Store and show what had to wait until the reader left a question. */
  left() {
    this.#saver.flush();
    this.#typed.clear();
    if (this.entry) this.#take(this.entry);
  }

  flush() {
    return this.#saver.flush();
  }

  /**
   * End a conflict: store the value that the reader chose.
   * @param {string} name
   * @param {any} value
   * @param {any[]} shown the values that the reader chose from
   */
  async choose(name, value, shown) {
    const entries = await this.#vault();
    this.#saver.drop(name);
    this.#typed.delete(name);
    const entry = await entries.choose(this.id, name, value, shown);
    this.#held.set(name, value);
    this.fields.get(name)?.show(value);
    this.#take(entry);
  }

  /**
   * Undo the reader's choice: store all versions again.
   * @param {string} name
   * @param {any[]} values of the versions
   * @param {any} kept the value that the reader had chosen
   */
  async unchoose(name, values, kept) {
    await this.#saver.flush();
    const entries = await this.#vault();
    const [first, ...others] = values;
    let entry = await entries.choose(this.id, name, first, [kept]);
    // Pass no values as shown: each value then becomes a version beside the earlier ones.
    for (const other of others) entry = await entries.choose(this.id, name, other, []);
    this.#take(entry);
  }

  /** Return all answers by name, with the stored fields that the page has no question for. */
  #allAnswers() {
    const answers = [...this.fields].map(([name, { read }]) => [name, read()]);
    return { ...this.entry?.fields, ...Object.fromEntries(answers) };
  }

  async #vault() {
    const entries = await this.#means.vault();
    if (this.#followed !== entries && !this.#means.signal.aborted) {
      this.#followed = entries;
      const stop = entries.onChange(({ ids, source }) => {
        if (source !== "here" || !ids) this.#follow(ids);
      });
      this.#means.signal.addEventListener("abort", stop);
    }
    return entries;
  }

  /** @param {string[]} names */
  async #write(names) {
    const entries = await this.#vault();
    const values = this.#read(names);
    const stored = await this.#store(entries, values);
    for (const [name, value] of Object.entries(values)) this.#held.set(name, value);
    // The vault stores nothing as long as every answer is empty.
    if (!Object.keys(stored.fields).length) return;
    this.#stored = Date.now();
    const isNew = !this.entry;
    this.#take(stored);
    if (isNew) this.#page.named();
  }

  /** @param {string[]} names @returns {Record<string, any>} */
  #read(names) {
    return Object.fromEntries(names.map((name) => [name, this.fields.get(name)?.read()]));
  }

  /** @param {Vault} entries @param {Record<string, any>} values */
  async #store(entries, values) {
    const base = Object.keys(values).map((name) => [name, this.#held.get(name) ?? null]);
    try {
      if (!this.entry) this.#draft ||= entries.create(this.#means.about).id;
      return await entries.write(this.id || this.#draft, values, Object.fromEntries(base));
    } catch (error) {
      if (!(error instanceof EntryDeletedError || error instanceof EntryMissingError)) throw error;
      // The entry was deleted elsewhere while the reader was writing here. Store what is on the screen as a new entry.
      this.entry = null;
      this.#held.clear();
      this.#draft = entries.create(this.#means.about).id;
      this.#saver.include(this.fields.keys());
      return entries.write(this.#draft, this.#read([...this.fields.keys()]));
    }
  }

  /**
   * Show what changed in another tab or by sync.
   * @param {string[] | null} ids of the entries that changed; null if any may have changed
   * @returns {Promise<void>}
   */
  async #follow(ids) {
    if (this.#lost && ids?.includes(this.#lost)) {
      const id = this.#lost;
      return this.open(id).then(
        () => this.#page.named(),
        () => {},
      );
    }
    if (!this.entry || (ids && !ids.includes(this.id))) return;
    const entries = await this.#vault();
    const [{ id }, before] = [this, this.entry];
    try {
      const entry = await entries.read(id);
      if (id !== this.id) return;
      // This page has stored something since the read began, so the result may be out of date. Read again.
      if (before !== this.entry) return this.#follow(ids);
      this.#take(entry);
    } catch (error) {
      const deleted = error instanceof EntryDeletedError || error instanceof EntryMissingError;
      // If words are unsaved, don't clear the form: the next write stores them in a new entry.
      if (deleted && id === this.id && !this.saving.unsaved) this.#dropEntry();
    }
  }

  /** Clear the form, because its entry was deleted elsewhere. */
  #dropEntry() {
    const { id } = this;
    this.#clear();
    this.#lost = id;
    this.#page.gone();
    this.#page.changed();
  }

  #clear() {
    clearTimeout(this.#timer);
    this.entry = null;
    this.#draft = "";
    this.#lost = "";
    this.#stored = 0;
    this.#held.clear();
    this.#typed.clear();
    for (const field of this.fields.values()) {
      field.show(null);
      this.#page.versions(field, []);
    }
  }

  /** Show what is stored, except in answers that are unsaved or being typed. @param {Entry} entry */
  #take(entry) {
    this.entry = entry;
    for (const [name, field] of this.fields) this.#takeField(name, field, entry.fields[name] ?? []);
    this.#page.changed();
  }

  /** @param {string} name @param {Field} field @param {FieldVersion[]} versions */
  #takeField(name, field, versions) {
    const inUse = field.element.contains(document.activeElement);
    if (this.#saver.has(name) || this.#isTyping(name)) return this.#takeLater();
    if (versions.length > 1) {
      // While the reader is in the question, don't replace it with the versions.
      if (!inUse || field.element.querySelector(".versions")) this.#page.versions(field, versions);
      return;
    }
    this.#page.versions(field, versions);
    const value = versions[0]?.value ?? null;
    // Don't show an unchanged value again: a group would lose its items that are still empty.
    if (same(value, this.#held.get(name) ?? null)) return;
    this.#held.set(name, value);
    field.show(value);
  }

  /** @param {string} name */
  #isTyping(name) {
    return Date.now() - (this.#typed.get(name) ?? 0) < TYPING;
  }

  #takeLater() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.entry) this.#take(this.entry);
    }, TYPING);
  }
}

/**
 * Return the latest time that isn't in the future. A clock may have been ahead when an entry was written, or it was set
 * back since: the time is then unknown, and `now` is the nearest to it.
 * @param {number[]} times in ms since 1970; 0 if unknown
 * @param {number} now
 */
export function latestPast(times, now) {
  return Math.max(0, ...times.filter((time) => time <= now)) || now;
}
