// Which notes somebody brings to their appointment: one sealed entry with their ids, backed up like every other. Two
// phones that chose apart have both chosen.
import { locale } from "../lib/messages.js";
import { APPOINTMENT } from "./rows.js";

/** @import { Vault } from "../data/entries.js" */
/** @import { Entry } from "../data/entry-view.js" */

const NAME = "notes";

export class Brought {
  #vault;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {Vault} vault */
  constructor(vault) {
    this.#vault = vault;
  }

  /** @returns {Promise<Set<string>>} ids, some perhaps of notes that are gone */
  async look() {
    return idsIn(await this.#entries());
  }

  /**
   * One after the other, however fast the taps come: the first makes the entry.
   *
   * @param {(ids: Set<string>) => Iterable<string>} change of what is chosen now
   * @returns {Promise<Set<string>>} what is chosen then
   */
  change(change) {
    const changed = this.#last.catch(() => {}).then(() => this.#change(change));
    this.#last = changed;
    return changed;
  }

  /** @param {string} id @param {boolean} isBrought */
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
    // What has been put together doesn't need two entries.
    await Promise.all(others.map((other) => this.#vault.remove(other.id)));
    return ids;
  }

  /** @returns {Promise<Entry[]>} oldest first: that is the one to keep */
  async #entries() {
    const { entries } = await this.#vault.list();
    const ours = entries.filter(({ kind }) => kind === APPOINTMENT);
    ours.sort((a, b) => (a.created < b.created ? -1 : 1));
    return Promise.all(ours.map(({ id }) => this.#vault.read(id)));
  }
}

/** What a newer version may have written is left alone. @param {Entry[]} entries */
function idsIn(entries) {
  const values = entries.flatMap(({ fields }) => fields[NAME] ?? []).flatMap(({ value }) => value);
  return new Set(values.filter((id) => typeof id === "string"));
}
