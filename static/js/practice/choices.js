/** The entry with the recordings that somebody chose for the help page. Two phones may have made one each. */
import { same } from "../data/entry-view.js";
import { locale } from "../lib/messages.js";
import { vault } from "../lib/vault.js";
import { slugsOf } from "./chosen.js";

/** @import { Undo, Vault } from "../data/entries.js" */
/** @import { Entry, FieldVersion } from "../data/entry-view.js" */

const KIND = "choices";
const NAME = "recordings";

/** @typedef {{slugs: string[], versions: FieldVersion[]}} Found `versions` holds several when the reader must choose */

export class Choices {
  /** @type {Entry[]} oldest first: that is the one to keep */
  #entries = [];
  /** What taking a choice back needs. @type {Undo[]} */
  #removed = [];
  #open;
  /** @type {Promise<void>} */
  #last = Promise.resolve();

  /** @param {() => Promise<Vault>} [open] tests bring their own */
  constructor(open = vault) {
    this.#open = open;
  }

  /** @returns {Promise<Found | null>} null when nothing was ever chosen */
  async look() {
    const open = await this.#open();
    const { entries } = await open.list();
    const ours = entries.filter(({ kind }) => kind === KIND);
    ours.sort((a, b) => (a.created < b.created ? -1 : 1));
    this.#entries = await Promise.all(ours.map(({ id }) => open.read(id)));
    const all = this.#entries.flatMap(({ fields }) => fields[NAME] ?? []);
    all.sort((a, b) => b.changed - a.changed);
    const versions = all.filter(
      ({ value }, at) => all.findIndex((one) => same(one.value, value)) === at,
    );
    return versions[0] ? { slugs: slugsOf(versions[0].value), versions } : null;
  }

  /** One after the other, however fast the taps come: the first makes the entry. @param {string[]} slugs */
  write(slugs) {
    const written = this.#last.catch(() => {}).then(() => this.#write(slugs));
    this.#last = written;
    return written;
  }

  /** @param {string[]} slugs */
  async #write(slugs) {
    const open = await this.#open();
    const id = this.#entries[0]?.id ?? open.create({ kind: KIND, locale: locale() }).id;
    await open.write(id, { [NAME]: slugs });
    await this.#removeOthers();
    await this.look();
  }

  /** Ends a conflict. @param {any} value @param {any[]} shown */
  async choose(value, shown) {
    const open = await this.#open();
    const [first] = this.#entries;
    if (!first) return;
    await open.choose(first.id, NAME, value, shown);
    await this.#removeOthers();
    await this.look();
  }

  /** Begins it again. @param {any[]} values @param {any} kept */
  async unchoose(values, kept) {
    const open = await this.#open();
    await Promise.all(this.#removed.map((undo) => open.undo(undo)));
    this.#removed = [];
    const [first, ...others] = values;
    const id = this.#entries[0]?.id;
    if (!id) return;
    await open.choose(id, NAME, first, [kept]);
    for (const other of others) await open.choose(id, NAME, other, []);
    await this.look();
  }

  /** What has been put together doesn't need two entries. */
  async #removeOthers() {
    const open = await this.#open();
    const others = this.#entries.slice(1);
    this.#removed = await Promise.all(others.map(({ id }) => open.remove(id)));
  }
}
