// The notes that the user has chosen to bring to an appointment. One sealed entry holds their ids. It is backed up like
// every other entry. If two phones each made such an entry, the notes of both are chosen.
import { locale } from "../platform/i18n.js";
import { APPOINTMENT } from "./rows.js";

/** @import { Vault } from "../data/entries.js" */
/** @import { Entry } from "../data/entry-view.js" */

const NAME = "notes";

/** The choice of notes for the appointment. */
export class BroughtNotes {
  #vault;
  /** @type {Promise<unknown>} */
  #lastChange = Promise.resolve();

  /** @param {Vault} vault */
  constructor(vault) {
    this.#vault = vault;
  }

  /**
   * Read the ids of the chosen notes.
   *
   * @returns {Promise<Set<string>>} some of these notes may have been deleted
   */
  async look() {
    return idsIn(await this.#entries());
  }

  /**
   * Change the choice. Changes run one after the other, because the first one creates the entry.
   *
   * @param {(ids: Set<string>) => Iterable<string>} change takes the ids that are chosen now and returns the new ones
   * @returns {Promise<Set<string>>} the new ids
   */
  change(change) {
    const changed = this.#lastChange.catch(() => {}).then(() => this.#change(change));
    this.#lastChange = changed;
    return changed;
  }

  /** Add a note to the choice, or take it out. @param {string} id @param {boolean} isBrought */
  bring(id, isBrought) {
    return this.change((ids) => {
      if (isBrought) ids.add(id);
      else ids.delete(id);
      return ids;
    });
  }

  /** @param {(ids: Set<string>) => Iterable<string>} change */
  async #change(change) {
    const [first, ...others] = await this.#entries();
    const ids = new Set(change(idsIn(first ? [first, ...others] : [])));
    const id = first?.id ?? this.#vault.create({ kind: APPOINTMENT, locale: locale() }).id;
    await this.#vault.write(id, { [NAME]: [...ids].sort() });
    // The first entry now holds all ids, so the others can go.
    await Promise.all(others.map((other) => this.#vault.remove(other.id)));
    return ids;
  }

  /**
   * Read the entries that hold a choice. There are several if two phones each made one.
   *
   * @returns {Promise<Entry[]>} oldest first, because the oldest one stays
   */
  async #entries() {
    const { entries } = await this.#vault.list();
    const choices = entries.filter(({ kind }) => kind === APPOINTMENT);
    choices.sort((a, b) => (a.created < b.created ? -1 : 1));
    return Promise.all(choices.map(({ id }) => this.#vault.read(id)));
  }
}

/** Collect the ids. Ignore other values, which a newer version of the app may have written. @param {Entry[]} entries */
function idsIn(entries) {
  const values = entries.flatMap(({ fields }) => fields[NAME] ?? []).flatMap(({ value }) => value);
  return new Set(values.filter((id) => typeof id === "string"));
}
