/**
 * Deleting with undo. A removed entry is hidden at once; its words are deleted when the time for undoing has passed,
 * by whichever tab is open then, or at the next start. What is to be deleted is stored, so that a closed tab doesn't
 * bring it back.
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
  #window;
  /** @type {any} */
  #timer;

  /**
   * @param {Environment} env
   * @param {EntryStore} store
   * @param {number} window ms in which a removal can be undone
   */
  constructor(env, store, window) {
    this.#env = env;
    this.#store = store;
    this.#window = window;
  }

  /** @returns {Promise<Map<string, number>>} hidden entries, and until when each can come back, ms */
  async hidden() {
    const [meta] = await this.#env.storage.read([["meta"]]);
    const rows = [...meta].filter(([key]) => key.startsWith(PREFIX));
    return new Map(rows.map(([key, until]) => [key.slice(PREFIX.length), until]));
  }

  /**
   * @param {string} id
   * @returns {Promise<boolean>}
   */
  async has(id) {
    const [until] = await this.#env.storage.read([["meta", keyOf(id)]]);
    return until !== undefined;
  }

  /**
   * @param {string} id
   * @returns {Promise<number>} until when it can be undone, ms
   */
  async add(id) {
    const until = this.#env.now() + this.#window;
    await this.#env.storage.write([["meta", keyOf(id), until]]);
    this.#store.announce({ ids: [id], source: "here" });
    this.#env.channel.postMessage({ type: "removal" });
    await this.settle();
    return until;
  }

  /**
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

  /** Deletes for good what is due and waits for the rest. */
  async settle() {
    const hidden = [...(await this.hidden())];
    const now = this.#env.now();
    // Later than the window allows: the clock has been set back, and nobody is waiting to undo.
    const late = now + this.#window;
    const due = hidden.filter(([, until]) => until <= now || until > late).map(([id]) => id);
    if (due.length) await this.#delete(due);
    const next = Math.min(...hidden.map(([, until]) => until).filter((until) => until > now));
    if (next <= late) this.#wait(next);
  }

  stop() {
    this.#env.clearTimer(this.#timer);
  }

  /** @param {string[]} ids */
  #delete(ids) {
    return this.#store.exclusively(async () => {
      const hidden = await this.hidden();
      // Undone while we waited for the lock.
      const still = ids.filter((id) => hidden.has(id));
      // One that can't be read is deleted blindly: its words may be readable on another phone.
      const blind = newState({ kind: "unknown" }, this.#env.now());
      await this.#store.updateLocked(still, (state) => removeState(state ?? blind), {
        also: still.map((id) => ["meta", keyOf(id), undefined]),
        overUnreadable: true,
      });
    });
  }

  /** @param {number} until ms */
  #wait(until) {
    this.#env.clearTimer(this.#timer);
    // What can't be deleted now will be at the next start.
    const settle = () => void this.settle().catch(() => {});
    this.#timer = this.#env.setTimer(settle, Math.max(0, until - this.#env.now()));
  }
}
