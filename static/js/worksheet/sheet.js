/** One worksheet and the entry that it fills: reads it, follows it, saves it. Knows nothing of how it looks. */
import { EntryDeletedError, EntryMissingError, RecordTooLargeError } from "../data/errors.js";
import { same } from "../data/entry-view.js";
import { Saver } from "./saver.js";

/** @import { Entry, FieldVersion } from "../data/entry-view.js" */
/** @import { Vault } from "../data/entries.js" */
/** @import { Field } from "./fields.js" */
/** @import { SaverState } from "./saver.js" */

/** Somebody who paused that long isn't typing, ms. */
const TYPING = 3000;
/** What a state may take up, so that it can be sealed in one record (sync.md), with room for what merging adds. */
export const LONGEST = 58 * 1024;
export const ALMOST = 52 * 1024;

/**
 * What the page does when something happens.
 * @typedef {object} Page
 * @property {() => void} changed answers, entry or state of saving are other than a moment ago
 * @property {(field: Field, versions: FieldVersion[]) => void} versions an answer has several versions; with one or
 *   none it has no longer
 * @property {() => void} named the entry has got its id
 * @property {() => void} gone the entry was deleted elsewhere
 */

/**
 * @typedef {object} Means
 * @property {() => Promise<Vault>} vault
 * @property {() => () => void} hold keeps the page from being replaced
 * @property {AbortSignal} signal ends with the page
 * @property {{kind: string, worksheet?: string, revision?: number, locale?: string}} about of a new entry
 */

export class Sheet {
  /** @type {Map<string, Field>} */
  fields;
  /** @type {Entry | null} as it is stored; null before anything is */
  entry = null;
  /** @type {string} of a new entry, before its first write */
  #draft = "";
  /** @type {string} of an entry that was deleted elsewhere; it may come back */
  #lost = "";
  /** @type {Map<string, any>} what storage holds, as far as the form knows */
  #held = new Map();
  /** @type {Map<string, number>} when something was typed last, ms */
  #typed = new Map();
  /** @type {any} */
  #later;
  /** @type {Vault | undefined} after a lock fell shut and was opened, it is another one */
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

  /** @returns {SaverState} */
  get saving() {
    return this.#saver.state;
  }

  /** What all answers take up, bytes. */
  get length() {
    return new TextEncoder().encode(JSON.stringify(this.#everything())).length;
  }

  /**
   * @param {string} id
   * @param {(entry: Entry) => boolean} [isHere] whether this page is the one to show it on
   * @returns {Promise<boolean>} what `isHere` said; if it isn't, everything stays as it was
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError | StorageLostError}
   */
  async open(id, isHere = () => true) {
    await this.#saver.flush();
    const entries = await this.#vault();
    const entry = await entries.read(id);
    if (!isHere(entry)) return false;
    // Words that were typed meanwhile are stored first: they belong to what is on the screen.
    if (this.saving.saving) return this.open(id, isHere);
    this.#clear();
    this.#take(entry);
    return true;
  }

  /** Lets go of the entry: the page is a new sheet again. */
  close() {
    this.#clear();
    this.#page.changed();
  }

  /** Somebody has changed an answer. @param {string} name */
  typed(name) {
    this.#typed.set(name, Date.now());
    this.#saver.changed(name);
  }

  /** Somebody has left a question: what had to wait for that can be stored and shown. */
  left() {
    this.#saver.flush();
    this.#typed.clear();
    if (this.entry) this.#take(this.entry);
  }

  flush() {
    return this.#saver.flush();
  }

  /**
   * Ends a conflict.
   * @param {string} name
   * @param {any} value
   * @param {any[]} shown
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
   * Begins a conflict again: the reader takes a choice back.
   * @param {string} name
   * @param {any[]} values
   * @param {any} kept
   */
  async unchoose(name, values, kept) {
    await this.#saver.flush();
    const entries = await this.#vault();
    const [first, ...others] = values;
    let entry = await entries.choose(this.id, name, first, [kept]);
    // None of the versions counts as shown: each is added beside the ones before it.
    for (const other of others) entry = await entries.choose(this.id, name, other, []);
    this.#take(entry);
  }

  /** What was written, question by question. */
  #everything() {
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
    const size = this.length;
    if (size > LONGEST) throw new RecordTooLargeError(this.id, size, LONGEST);
    const entries = await this.#vault();
    const values = this.#read(names);
    const stored = await this.#store(entries, values);
    for (const [name, value] of Object.entries(values)) this.#held.set(name, value);
    // Nothing is stored as long as every answer is empty.
    if (!Object.keys(stored.fields).length) return;
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
      // Deleted elsewhere while somebody was writing here: what is on the screen becomes a new entry.
      this.entry = null;
      this.#held.clear();
      this.#draft = entries.create(this.#means.about).id;
      return entries.write(this.#draft, this.#read([...this.fields.keys()]));
    }
  }

  /**
   * @param {string[] | null} ids that changed in another tab or by sync
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
      // What was read is older than what this page has stored meanwhile.
      if (before !== this.entry) return this.#follow(ids);
      this.#take(entry);
    } catch (error) {
      const deleted = error instanceof EntryDeletedError || error instanceof EntryMissingError;
      // With words that aren't saved yet, the next write makes a new entry of them.
      if (deleted && id === this.id && !this.saving.unsaved) this.#lose();
    }
  }

  #lose() {
    const { id } = this;
    this.#clear();
    this.#lost = id;
    this.#page.gone();
    this.#page.changed();
  }

  #clear() {
    clearTimeout(this.#later);
    this.entry = null;
    this.#draft = "";
    this.#lost = "";
    this.#held.clear();
    this.#typed.clear();
    for (const field of this.fields.values()) {
      field.show(null);
      this.#page.versions(field, []);
    }
  }

  /** Brings the form in step with what is stored, but for answers in use. @param {Entry} entry */
  #take(entry) {
    this.entry = entry;
    for (const [name, field] of this.fields) this.#takeField(name, field, entry.fields[name] ?? []);
    this.#page.changed();
  }

  /** @param {string} name @param {Field} field @param {FieldVersion[]} versions */
  #takeField(name, field, versions) {
    const inUse = field.element.contains(document.activeElement);
    if (this.#saver.has(name) || this.#isTyping(name)) return this.#lookLater();
    if (versions.length > 1) {
      // The question stays under the fingers until they have left it.
      if (!inUse || field.element.querySelector(".versions")) this.#page.versions(field, versions);
      return;
    }
    this.#page.versions(field, versions);
    const value = versions[0]?.value ?? null;
    // What is there already stays as it is, an item that is still empty among it.
    if (same(value, this.#held.get(name) ?? null)) return;
    this.#held.set(name, value);
    field.show(value);
  }

  /** @param {string} name */
  #isTyping(name) {
    return Date.now() - (this.#typed.get(name) ?? 0) < TYPING;
  }

  #lookLater() {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      if (this.entry) this.#take(this.entry);
    }, TYPING);
  }
}
