/**
 * Delete entries, with undo. A removed entry is hidden at once. When the undo window has passed, any open tab deletes
 * its content, or the next start does. Removals are stored, so closing the tab doesn't bring an entry back.
 */

import { newState, removeState } from "./entry.js";

/** @import { EntryStore } from "./entry-store.js" */
/** @import { Environment } from "./environment.js" */

const PREFIX = "removal/";

/** @param {string} id */
const keyOf = (id) => PREFIX + id;

export class Removals {
  #env;
  #store;
  #undoWindow;
  /** @type {any} */
  #timer;

  /**
   * @param {Environment} env
   * @param {EntryStore} store
   * @param {number} undoWindow how long a removal can be undone, in ms
   */
  constructor(env, store, undoWindow) {
    this.#env = env;
    this.#store = store;
    this.#undoWindow = undoWindow;
  }

  /**
   * Return the hidden entries.
   *
   * @returns {Promise<Map<string, number>>} entry id to the time until which the entry can be restored, in ms since
   *   1970
   */
  async hidden() {
    const [meta] = await this.#env.storage.read([["meta"]]);
    const rows = [...meta].filter(([key]) => key.startsWith(PREFIX));
    return new Map(rows.map(([key, until]) => [key.slice(PREFIX.length), until]));
  }

  /**
   * Return whether an entry is hidden.
   *
   * @param {string} id
   * @returns {Promise<boolean>}
   */
  async has(id) {
    const [until] = await this.#env.storage.read([["meta", keyOf(id)]]);
    return until !== undefined;
  }

  /**
   * Hide an entry.
   *
   * @param {string} id
   * @returns {Promise<number>} the time until which this can be undone, in ms since 1970
   */
  async add(id) {
    const until = this.#env.now() + this.#undoWindow;
    await this.#env.storage.write([["meta", keyOf(id), until]]);
    this.#store.announce({ ids: [id], source: "here" });
    this.#env.channel.postMessage({ type: "removal" });
    await this.settle();
    return until;
  }

  /**
   * Show a hidden entry again.
   *
   * @param {string} id
   * @returns {Promise<boolean>} whether it was in time
   */
  async undo(id) {
    const inTime = await this.#store.exclusively(async () => {
      if (!(await this.has(id))) return false;
      await this.#env.storage.write([["meta", keyOf(id), undefined]]);
      return true;
    });
    if (inTime) this.#store.announce({ ids: [id], source: "here" });
    return inTime;
  }

  /** Delete all entries that are due, and set a timer for the others. */
  async settle() {
    const hidden = [...(await this.hidden())];
    const now = this.#env.now();
    // A later time means that the clock has been set back. Nobody is waiting to undo such a removal.
    const latest = now + this.#undoWindow;
    const due = hidden.filter(([, until]) => until <= now || until > latest).map(([id]) => id);
    if (due.length) await this.#delete(due);
    const next = Math.min(...hidden.map(([, until]) => until).filter((until) => until > now));
    if (next <= latest) this.#settleAt(next);
  }

  stop() {
    this.#env.clearTimer(this.#timer);
  }

  /** @param {string[]} ids */
  #delete(ids) {
    return this.#store.exclusively(async () => {
      const hidden = await this.hidden();
      // Some may have been undone while this tab waited for the lock.
      const stillHidden = ids.filter((id) => hidden.has(id));
      // An entry that can't be read here is deleted too, because its words may be readable on another phone.
      const unknown = newState({ kind: "unknown" }, this.#env.now());
      await this.#store.updateLocked(stillHidden, (state) => removeState(state ?? unknown), {
        also: stillHidden.map((id) => ["meta", keyOf(id), undefined]),
        overUnreadable: true,
      });
    });
  }

  /** @param {number} until ms since 1970 */
  #settleAt(until) {
    this.#env.clearTimer(this.#timer);
    // If the deletion fails now, the next start does it.
    const settle = () => void this.settle().catch(() => {});
    this.#timer = this.#env.setTimer(settle, Math.max(0, until - this.#env.now()));
  }
}
