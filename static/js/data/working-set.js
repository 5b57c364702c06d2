/** The entries that one round of sync works with. They are read once and then follow what sync itself changes. */

/** @import { Change, EntryStore, Options } from "./entry-store.js" */
/** @import { State } from "./entry.js" */

export class WorkingSet {
  #store;

  /**
   * @param {EntryStore} store
   * @param {Map<string, State>} states by entry id
   */
  constructor(store, states) {
    this.#store = store;
    this.states = states;
  }

  /**
   * Read all entries.
   *
   * @param {EntryStore} store
   */
  static async read(store) {
    return new WorkingSet(store, (await store.all()).states);
  }

  /**
   * Change entries in the store. The change gets their stored states, which this tab or another one may have changed
   * since they were read.
   *
   * @param {string[]} ids
   * @param {Change} change
   * @param {Options} [options]
   */
  async update(ids, change, options) {
    const after = await this.#store.update(ids, change, { ...options, source: "sync" });
    for (const [index, id] of ids.entries()) {
      const state = after[index];
      if (state) this.states.set(id, state);
    }
  }
}
