/**
 * Sync entries with the server by comparing two sets (sync.md, "Sync"), without cursors, clocks or logs. One pass asks
 * what has changed, merges the new records and pushes the entries that differ. Storage is correct after every step, so
 * a pass may stop anywhere.
 */

import { counterOf, missingIds, phonesOf, removedIds } from "./bookkeeping.js";
import {
  canonical,
  digest,
  isBookkeeping,
  isKeyed,
  merge,
  plainDigest,
  removeState,
} from "./entry.js";
import { UnreadableError } from "./errors.js";
import { Housekeeping } from "./housekeeping.js";
import { Pace } from "./pace.js";
import { Pusher, wasOvertaken } from "./push.js";
import { RecordBook } from "./records.js";
import { ApiError } from "./response.js";
import { isTooLarge, openRecord } from "./record-seal.js";
import { SetDigest } from "./set-digest.js";
import { WorkingSet } from "./working-set.js";

/** @import { Api, LiveRecord } from "./api.js" */
/** @import { Phone } from "./bookkeeping.js" */
/** @import { Change } from "./database.js" */
/** @import { State } from "./entry.js" */
/** @import { EntryStore } from "./entry-store.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Keys } from "./keys.js" */
/** @import { Row } from "./records.js" */
/** @import { SealedRecord } from "./record-seal.js" */

const FETCH_AT_ONCE = 50;
const FIRST_FETCH = 8;

/** If other phones push at the same time, a pass takes several rounds. After this many, a later pass goes on. */
const ROUNDS = 6;

/** @typedef {{problem: "quota" | "busy" | null}} Passed `busy`: other phones kept changing the live records */

/**
 * What this phone knows about the backup.
 *
 * @typedef {object} Survey
 * @property {Set<string>} pending ids of the entries whose current state isn't backed up
 * @property {string[]} tooLarge ids of those entries that the backup doesn't take: they are too long, or something on
 *   the way refuses them
 * @property {number} unopened number of entries with a record that can't be opened here
 * @property {number} unreadable number of entries that can't be read on this phone and aren't in the backup
 * @property {string[]} missing ids of the entries that the backup has held in a newer state than this phone has
 * @property {Map<string, Phone>} phones by actor
 */

export class Sync {
  #env;
  #store;
  #keys;
  #api;
  #pusher;
  #housekeeping;
  #setDigest = new SetDigest();
  #fetchPace = new Pace(FIRST_FETCH, FETCH_AT_ONCE);
  /** @type {WeakMap<State, Promise<string>>} */
  #digests = new WeakMap();

  /**
   * @param {Environment} env
   * @param {EntryStore} store
   * @param {Keys} keys
   * @param {Api} api
   */
  constructor(env, store, keys, api) {
    this.#env = env;
    this.#store = store;
    this.#keys = keys;
    this.#api = api;
    const digestOf = (/** @type {State} */ state) => this.#digest(state);
    this.#pusher = new Pusher(env, keys, api, digestOf);
    this.#housekeeping = new Housekeeping(env, store, api, this.#pusher);
  }

  /**
   * Sync once. The caller must make sure that no other tab syncs.
   *
   * @returns {Promise<Passed>}
   * @throws {ApiError | StorageLostError | StorageFullError}
   */
  async pass() {
    this.#pusher.takeStalled();
    let before = "";
    for (let round = 0; round < ROUNDS; round += 1) {
      const entries = await WorkingSet.read(this.#store);
      const book = await this.#update(entries);
      const missing = await this.#mergeNew(book, entries);
      const outcomes = await this.#pushWords(book, entries);
      const { removed, isSettled } = await this.#housekeeping.retire(book, entries);
      const isFull = outcomes.includes("quota");
      // What was removed may have made room.
      if (isFull && removed) continue;
      if (isFull) return { problem: "quota" };
      // The server names these records again and doesn't hand them out.
      if (missing.length && missing.join() === before) await this.#setAside(missing, book);
      before = missing.join();
      if (missing.length || !isSettled || outcomes.some(wasOvertaken)) continue;
      if (!(await this.#housekeeping.keepBooks(book, entries))) continue;
      const stalled = this.#pusher.takeStalled();
      if (stalled) throw stalled;
      return { problem: null };
    }
    return { problem: "busy" };
  }

  /**
   * Return what this phone knows about the backup, without asking the server.
   *
   * @returns {Promise<Survey>}
   */
  async survey() {
    const { states, unreadable } = await this.#store.all();
    const book = await this.#readBook(states);
    const waiting = await Promise.all(
      [...states].map(async ([id, state]) =>
        isBookkeeping(state) || (await this.#isDone(id, state, book)) ? [] : [id],
      ),
    );
    const pending = waiting.flat();
    const refused = new Set(this.#pusher.refused);
    const isRefused = (/** @type {string} */ id) =>
      refused.has(id) || isTooLarge(/** @type {State} */ (states.get(id)));
    const { unopened } = book;
    const missing = missingIds(states).filter((id) => !unopened.has(id) && !book.isWaiting(id));
    const phones = phonesOf(states);
    return {
      pending: new Set(pending),
      tooLarge: pending.filter(isRefused),
      unopened: unopened.size,
      unreadable: unreadable.filter((id) => !book.liveOf(id).length).length,
      missing,
      phones,
    };
  }

  /**
   * Return whether the current state of an entry is backed up.
   *
   * @param {string} id of the entry
   * @returns {Promise<boolean>}
   */
  async isBackedUp(id) {
    const state = await this.#store.get(id);
    if (!state) return false;
    return (await this.#readBook(new Map([[id, state]]))).isBackedUp(id, await this.#digest(state));
  }

  /**
   * Return whether nothing is left to do for an entry.
   *
   * @param {string} id
   * @param {State} state
   * @param {RecordBook} book
   */
  async #isDone(id, state, book) {
    if (state.deleted) return !book.liveOf(id).length;
    return book.isBackedUp(id, await this.#digest(state));
  }

  /**
   * Read the record rows.
   *
   * @param {Map<string, State>} states
   */
  async #readBook(states) {
    return new RecordBook((await this.#readRows(states)).rows);
  }

  /**
   * Read the record rows. Give those a keyed digest that an earlier version of the app stored.
   *
   * @param {Map<string, State>} states
   */
  async #readRows(states) {
    /** @type {Map<string, Row>[]} */
    const [rows] = await this.#env.storage.read([["records"]]);
    /** @type {Change[]} */
    const upgraded = [];
    for (const [id, row] of rows) {
      if (row.digest === undefined || isKeyed(row.digest)) continue;
      const state = states.get(row.entry);
      const isSame = state && (await plainDigest(state)) === row.digest;
      row.digest = isSame ? await this.#digest(state) : "";
      upgraded.push(["records", id, row]);
    }
    return { rows, upgraded };
  }

  /**
   * Ask the server what has changed, and store it.
   *
   * @param {WorkingSet} entries
   */
  async #update({ states }) {
    const { rows, upgraded } = await this.#readRows(states);
    const book = new RecordBook(rows);
    const answer = await this.#api.changes(await this.#setDigest.of(book.liveIds));
    const changes = "records" in answer ? book.reconcile(answer.records) : book.apply(answer);
    if ((await this.#setDigest.of(book.liveIds)) !== answer.digest) {
      changes.push(...book.reconcile(await this.#api.listRecords()));
    }
    await this.#env.storage.write([...upgraded, ...changes, ...refetch(book, states)]);
    return book;
  }

  /**
   * Fetch and merge the live records that this phone doesn't know yet.
   *
   * @param {RecordBook} book
   * @param {WorkingSet} entries
   * @returns {Promise<string[]>} ids of those that the server didn't hand out, in order: they were superseded meanwhile,
   *   so the caller must ask again what has changed
   */
  async #mergeNew(book, entries) {
    const removed = removedIds(entries.states);
    let rest = book.toFetch(this.#env.now()).filter(({ entry }) => !removed.has(entry));
    /** @type {string[]} */
    const missing = [];
    while (rest.length) {
      const batch = rest.slice(0, Math.max(1, Math.floor(this.#fetchPace.size)));
      const fetched = await this.#fetch(batch);
      if (!fetched) continue;
      const requested = new Map(batch.map(({ id, entry }) => [id, entry]));
      const wanted = fetched.filter(({ id, entry }) => requested.get(id) === entry);
      await this.#mergeAll(wanted, book, entries);
      const handedOut = new Set(wanted.map(({ id }) => id));
      missing.push(...[...requested.keys()].filter((id) => !handedOut.has(id)));
      rest = rest.slice(batch.length);
    }
    await this.#deleteListed(entries);
    return missing.sort();
  }

  /**
   * Count records as ones that can't be opened, and fetch them again after a day.
   *
   * @param {string[]} ids
   * @param {RecordBook} book
   */
  async #setAside(ids, book) {
    const unopened = this.#env.now();
    const entryOf = (/** @type {string} */ id) => book.rows.get(id)?.entry ?? "";
    await this.#env.storage.write(ids.map((id) => book.set(id, { entry: entryOf(id), unopened })));
  }

  /**
   * Fetch records.
   *
   * @param {LiveRecord[]} batch
   * @returns {Promise<SealedRecord[] | undefined>} undefined if the batch was too much for the line
   */
  async #fetch(batch) {
    const start = this.#env.now();
    try {
      const records = await this.#api.fetchRecords(batch.map(({ id }) => id));
      this.#fetchPace.succeeded(this.#env.now() - start);
      return records;
    } catch (error) {
      if (!(error instanceof ApiError) || !error.isTooMuch) throw error;
      this.#fetchPace.failed(batch.length, error.status === 413);
      if (batch.length > 1) return undefined;
      this.#api.waitLonger();
      throw error;
    }
  }

  /**
   * Merge records into their entries. The merged entries and the record rows are stored in one transaction. Otherwise
   * a record might be superseded by a state that doesn't include it.
   *
   * @param {SealedRecord[]} records
   * @param {RecordBook} book
   * @param {WorkingSet} entries
   */
  async #mergeAll(records, book, entries) {
    const opened = (await Promise.all(records.map((record) => this.#open(record)))).flat();
    const rows = new Map(opened.map(({ id, entry, digest }) => [id, { entry, digest }]));
    const also = records.map(({ id, entry }) =>
      book.set(id, rows.get(id) ?? { entry, unopened: this.#env.now() }),
    );
    const ids = [...new Set(opened.map(({ entry }) => entry))];
    await entries.update(
      ids,
      (before, _, id) => {
        const states = opened.filter(({ entry }) => entry === id).map(({ state }) => state);
        const [first, ...others] = [...(before ? [before] : []), ...states];
        // Merged with itself, a growing entry that was marked as deleted is none any more.
        const merged = others.reduce(merge, merge(first, first));
        return before && canonical(merged) === canonical(before) ? before : merged;
      },
      { also, overUnreadable: true },
    );
  }

  /**
   * Open a record. Return an empty list if it can't be opened.
   *
   * @param {SealedRecord} record
   */
  async #open(record) {
    try {
      const state = await openRecord(this.#keys, record);
      return [{ id: record.id, entry: record.entry, state, digest: await this.#digest(state) }];
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      return [];
    }
  }

  /**
   * Delete the entries that another phone has listed as removed.
   *
   * @param {WorkingSet} entries
   */
  async #deleteListed(entries) {
    const { states } = entries;
    const isLeft = (/** @type {State | undefined} */ state) =>
      state !== undefined && !state.deleted && !isBookkeeping(state);
    const listed = [...removedIds(states)].filter((id) => isLeft(states.get(id)));
    if (!listed.length) return;
    await entries.update(listed, (state) => state && removeState(state));
  }

  /**
   * Push what the person wrote, the newest first.
   *
   * @param {RecordBook} book
   * @param {WorkingSet} entries
   */
  async #pushWords(book, { states }) {
    const words = [...states].filter(
      ([id, state]) => !isBookkeeping(state) && !state.deleted && !book.isWaiting(id),
    );
    return this.#pusher.push(
      words.sort(([, a], [, b]) => counterOf(b) - counterOf(a)),
      book,
    );
  }

  /**
   * Return the digest of a state. Compute it only once.
   *
   * @param {State} state
   */
  #digest(state) {
    const promise = this.#digests.get(state) ?? digest(this.#keys.digestKey, state);
    this.#digests.set(state, promise);
    return promise;
  }
}

/**
 * Mark the records of entries that can't be read on this phone, so that they are fetched again.
 *
 * @param {RecordBook} book
 * @param {Map<string, State>} states
 * @returns {Change[]}
 */
const refetch = (book, states) =>
  [...book.rows]
    .filter(([, { entry, digest }]) => digest !== undefined && !states.has(entry))
    .map(([id, { entry, pending }]) =>
      pending ? book.delete(id) : book.set(id, { entry, unmerged: true }),
    );
