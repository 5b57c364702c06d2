/** The entry with the recordings that the reader chose for the help page. Two phones may each have created one. */
import { same } from "../../data/entry-view.js";
import { locale } from "../../platform/i18n.js";
import { vault } from "../../session/vault.js";
import { slugsOf } from "./chosen.js";

/** @import { Undo, Vault } from "../../data/entries.js" */
/** @import { Entry, FieldVersion } from "../../data/entry-view.js" */

const KIND = "choices";
const NAME = "recordings";

/** @typedef {{slugs: string[], versions: FieldVersion[]}} Found with several `versions`, the reader must choose one */

export class Choices {
  /** @type {Entry[]} oldest first; the oldest is the one that stays */
  #entries = [];
  /** What undoing a choice needs. @type {Undo[]} */
  #removed = [];
  #openVault;
  /** @type {Promise<void>} */
  #lastWrite = Promise.resolve();

  /** @param {() => Promise<Vault>} [open] tests pass their own */
  constructor(open = vault) {
    this.#openVault = open;
  }

  /** Read the stored choice. @returns {Promise<Found | null>} null if the reader never chose */
  async look() {
    const entryVault = await this.#openVault();
    const { entries } = await entryVault.list();
    const matching = entries.filter(({ kind }) => kind === KIND);
    matching.sort((a, b) => (a.created < b.created ? -1 : 1));
    this.#entries = await Promise.all(matching.map(({ id }) => entryVault.read(id)));
    const all = this.#entries.flatMap(({ fields }) => fields[NAME] ?? []);
    all.sort((a, b) => b.changed - a.changed);
    const versions = all.filter(
      ({ value }, at) => all.findIndex((other) => same(other.value, value)) === at,
    );
    return versions[0] ? { slugs: slugsOf(versions[0].value), versions } : null;
  }

  /** Store a choice. Writes run one after another, because the first one creates the entry. @param {string[]} slugs */
  write(slugs) {
    const written = this.#lastWrite.catch(() => {}).then(() => this.#write(slugs));
    this.#lastWrite = written;
    return written;
  }

  /** @param {string[]} slugs */
  async #write(slugs) {
    const entryVault = await this.#openVault();
    const id = this.#entries[0]?.id ?? entryVault.create({ kind: KIND, locale: locale() }).id;
    await entryVault.write(id, { [NAME]: slugs });
    await this.#removeOthers();
    await this.look();
  }

  /** End a conflict: store the chosen version. @param {any} value @param {any[]} shown the values to choose from */
  async choose(value, shown) {
    const entryVault = await this.#openVault();
    const [first] = this.#entries;
    if (!first) return;
    await entryVault.choose(first.id, NAME, value, shown);
    await this.#removeOthers();
    await this.look();
  }

  /** Undo a choice: store all versions again. @param {any[]} values @param {any} kept the chosen value */
  async unchoose(values, kept) {
    const entryVault = await this.#openVault();
    await Promise.all(this.#removed.map((undo) => entryVault.undo(undo)));
    this.#removed = [];
    const [first, ...others] = values;
    const id = this.#entries[0]?.id;
    if (!id) return;
    await entryVault.choose(id, NAME, first, [kept]);
    for (const other of others) await entryVault.choose(id, NAME, other, []);
    await this.look();
  }

  /** Remove all entries but the oldest, which now holds the choice. */
  async #removeOthers() {
    const entryVault = await this.#openVault();
    const others = this.#entries.slice(1);
    this.#removed = await Promise.all(others.map(({ id }) => entryVault.remove(id)));
  }
}
