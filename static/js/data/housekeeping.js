/**
 * Keep the entries that sync needs for itself (bookkeeping.js): list what was deleted, what is backed up, and which
 * phones use the backup.
 */

import { toBase64url } from "./base64.js";
import {
  counterOf,
  listedIds,
  ofKind,
  planContents,
  planPhone,
  planRemoved,
  removedIds,
  withPlanned,
} from "./bookkeeping.js";
import { isBookkeeping } from "./entry.js";
import { wasOvertaken } from "./push.js";

/** @import { Api } from "./api.js" */
/** @import { Kind, Plan } from "./bookkeeping.js" */
/** @import { EntryStore } from "./entry-store.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Pusher } from "./push.js" */
/** @import { RecordBook } from "./records.js" */
/** @import { WorkingSet } from "./working-set.js" */

const REMOVE_AT_ONCE = 50;

/**
 * `contents` takes the new counters of entries that it lists already at most this often, in ms. It is several times as
 * long as a changed answer.
 */
const COUNT_AGAIN = 10 * 60_000;

export class Housekeeping {
  #env;
  #store;
  #api;
  #pusher;
  /** When `contents` last took new counters, in ms since 1970. */
  #counted = -Infinity;

  /**
   * @param {Environment} env
   * @param {EntryStore} store
   * @param {Api} api
   * @param {Pusher} pusher
   */
  constructor(env, store, api, pusher) {
    this.#env = env;
    this.#store = store;
    this.#api = api;
    this.#pusher = pusher;
  }

  /**
   * List deleted entries as removed. When the list is on the server, remove their records there.
   *
   * @param {RecordBook} book
   * @param {WorkingSet} entries
   * @returns {Promise<{removed: number, isSettled: boolean}>} `removed`: number of records; `isSettled`: false if
   *   another phone has changed the list meanwhile
   */
  async retire(book, entries) {
    const { states } = entries;
    const removed = removedIds(states);
    const listed = listedIds(states);
    const deleted = [...states]
      .filter(([, state]) => state.deleted && !isBookkeeping(state))
      .map(([id]) => id);
    await this.#dropPending(deleted, book);
    const unlisted = deleted.filter(
      (id) => !removed.has(id) && (book.liveOf(id).length || listed.has(id)),
    );
    await this.#carryOut("removed", planRemoved(states, unlisted, this.#newId), entries);
    const { made, isOvertaken } = await this.#pushRemoved(book, entries);
    const lists = await this.#pusher.backedUp(new Map(ofKind(states, "removed")), book);
    const ids = [...removedIds(lists)].flatMap((entry) => book.liveOf(entry));
    await this.#remove(ids, book);
    return { removed: made + ids.length, isSettled: !isOvertaken };
  }

  /**
   * Forget the records of deleted entries that were sealed and not confirmed: the words in them are to go. If one
   * arrives all the same, it is removed like any other.
   *
   * @param {string[]} deleted entry ids
   * @param {RecordBook} book
   */
  async #dropPending(deleted, book) {
    const pending = deleted.flatMap((id) => book.pendingOf(id));
    await this.#env.storage.write(pending.map((id) => book.delete(id)));
  }

  /**
   * Push the lists of removed entries. If the backup is full, remove one record of a deleted entry first: a list needs
   * no more room than that.
   *
   * @param {RecordBook} book
   * @param {WorkingSet} entries
   * @returns {Promise<{made: number, isOvertaken: boolean}>} `made`: number of records that were removed to make room
   */
  async #pushRemoved(book, { states }) {
    const lists = ofKind(states, "removed");
    const outcomes = await this.#pusher.push(lists, book);
    const isOvertaken = outcomes.some(wasOvertaken);
    const [id] = [...removedIds(states)].flatMap((entry) => book.liveOf(entry));
    if (!outcomes.includes("quota") || id === undefined) return { made: 0, isOvertaken };
    await this.#remove([id], book);
    await this.#pusher.push(lists, book);
    return { made: 1, isOvertaken };
  }

  /**
   * Remove records from the server.
   *
   * @param {string[]} ids
   * @param {RecordBook} book
   */
  async #remove(ids, book) {
    for (let start = 0; start < ids.length; start += REMOVE_AT_ONCE) {
      const batch = ids.slice(start, start + REMOVE_AT_ONCE);
      await this.#api.removeRecords(batch);
      await this.#env.storage.write(batch.map((id) => book.delete(id)));
    }
  }

  /**
   * Bring `contents` and `phones` up to date, except for counters that `contents` takes later. A full backup has no room for them; nothing is lost then.
   *
   * @param {RecordBook} book
   * @param {WorkingSet} entries
   * @returns {Promise<boolean>} false if another phone has changed them meanwhile
   */
  async keepBooks(book, entries) {
    const { states } = entries;
    const words = [...states].filter(([, state]) => !isBookkeeping(state) && !state.deleted);
    const backedUp = await this.#pusher.backedUp(new Map(words), book);
    const now = this.#env.now();
    const isDue = Math.abs(now - this.#counted) >= COUNT_AGAIN;
    const listed = listedIds(states);
    const counted = [...backedUp].filter(([id]) => isDue || !listed.has(id));
    const counters = new Map(counted.map(([id, state]) => [id, counterOf(state)]));
    const plan = planContents(states, counters, this.#newId);
    if (isDue && plan.size) this.#counted = now;
    await this.#carryOut("contents", plan, entries);
    const { browser, system } = this.#env;
    const today = { browser, system, day: dayOf(now) };
    const actor = /** @type {string} */ (this.#store.actor);
    await this.#carryOut("phones", planPhone(states, actor, today, this.#newId), entries);
    const books = [...ofKind(states, "contents"), ...ofKind(states, "phones")];
    return !(await this.#pusher.push(books, book)).some(wasOvertaken);
  }

  /**
   * Write what was planned.
   *
   * @param {Kind} kind
   * @param {Plan} plan
   * @param {WorkingSet} entries
   */
  async #carryOut(kind, plan, entries) {
    if (!plan.size) return;
    const actor = /** @type {string} */ (this.#store.actor);
    await entries.update(
      [...plan.keys()],
      (before, _, id) => withPlanned(kind, before, plan.get(id) ?? {}, actor, this.#env.now()),
      { overUnreadable: true },
    );
  }

  #newId = () => toBase64url(this.#env.randomBytes(16));
}

/**
 * Return the day of a time, where the phone is.
 *
 * @param {number} time ms since 1970
 * @returns {string} YYYY-MM-DD
 */
function dayOf(time) {
  const date = new Date(time);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}
