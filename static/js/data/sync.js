/**
 * Sync entries with the server by comparing two sets (sync.md, "Sync"), without cursors, clocks or logs. One pass asks
 * for the live records, merges the new ones and pushes the entries that differ. Storage is correct after every step,
 * so a pass may stop anywhere.
 */

import { toBase64url } from "./base64.js";
import { canonical, digest, merge } from "./entry.js";
import { RecordTooLargeError, UnreadableError } from "./errors.js";
import { RecordBook } from "./records.js";
import { openRecord, sealRecord } from "./seal.js";

/** @import { Api, LiveRecord, Outcome } from "./api.js" */
/** @import { Change } from "./database.js" */
/** @import { State } from "./entry.js" */
/** @import { EntryStore } from "./entry-store.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Keys } from "./keys.js" */
/** @import { SealedRecord } from "./seal.js" */

/**
 * A record to push, and the changes to store before it is sent.
 *
 * @typedef {{record: SealedRecord, changes: Change[]}} Ready
 */

const FETCH_AT_ONCE = 50;
const PUSH_AT_ONCE = 20;
const PUSH_BYTES = 512 * 1024;

/** Bytes around the records of a push: `{"records":[` and `]}`. */
const PUSH_MARGIN = 100;

/** If other phones push at the same time, a pass takes several rounds. After this many, a later pass goes on. */
const ROUNDS = 5;

/** @typedef {{problem: "quota" | "busy" | null}} Passed `busy`: other phones kept changing the live records */

export class Sync {
  #env;
  #store;
  #keys;
  #api;
  /**
   * Ids of records that can't be opened, perhaps because a newer app made them. They stay untouched, and the next start
   * tries them again.
   *
   * @type {Set<string>}
   */
  #unreadable = new Set();
  /**
   * Digests of the states that are too long to be backed up, by entry id.
   *
   * @type {Map<string, string>}
   */
  #tooLarge = new Map();
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
  }

  /**
   * Sync once. The caller must make sure that no other tab syncs.
   *
   * @returns {Promise<Passed>}
   * @throws {ApiError | StorageLostError | StorageFullError}
   */
  async pass() {
    for (let round = 0; round < ROUNDS; round += 1) {
      const live = await this.#api.listRecords();
      const book = await this.#reconcile(live);
      if (!(await this.#mergeNew(live, book))) continue;
      const outcomes = await this.#pushChanged(book);
      if (outcomes.includes("quota")) return { problem: "quota" };
      if (!outcomes.some((outcome) => outcome === "superseded" || outcome === "clash")) {
        return { problem: null };
      }
    }
    return { problem: "busy" };
  }

  /**
   * Return the ids of all entries whose current state isn't backed up.
   *
   * @returns {Promise<string[]>}
   */
  async notBackedUp() {
    const { states } = await this.#store.all();
    const book = await this.#readBook();
    const ids = await Promise.all(
      [...states].map(async ([id, state]) =>
        book.isBackedUp(id, await this.#digest(state)) ? [] : [id],
      ),
    );
    return ids.flat();
  }

  /**
   * Return whether the current state of an entry is backed up.
   *
   * @param {string} id of the entry
   * @returns {Promise<boolean>}
   */
  async isBackedUp(id) {
    const [state, book] = await Promise.all([this.#store.get(id), this.#readBook()]);
    return state !== undefined && book.isBackedUp(id, await this.#digest(state));
  }

  /**
   * Ids of the entries that are too long to be backed up.
   *
   * @returns {string[]}
   */
  get tooLarge() {
    return [...this.#tooLarge.keys()];
  }

  async #readBook() {
    const [rows] = await this.#env.storage.read([["records"]]);
    return new RecordBook(rows);
  }

  /**
   * Update the record rows from the list of live records.
   *
   * @param {LiveRecord[]} live
   */
  async #reconcile(live) {
    const book = await this.#readBook();
    const { states } = await this.#store.all();
    const changes = book.reconcile(live);
    // Forget the records of entries that can't be read on this phone, so that they are fetched again.
    const lost = [...book.rows].filter(([, { entry }]) => !states.has(entry)).map(([id]) => id);
    await this.#env.storage.write([...changes, ...lost.map((id) => book.delete(id))]);
    return book;
  }

  /**
   * Fetch and merge the live records that this phone doesn't know yet.
   *
   * @param {LiveRecord[]} live
   * @param {RecordBook} book
   * @returns {Promise<boolean>} false if some were superseded meanwhile: the caller must ask for the live records
   *   again
   */
  async #mergeNew(live, book) {
    const unknown = live.filter(({ id }) => !book.rows.has(id) && !this.#unreadable.has(id));
    let complete = true;
    for (let start = 0; start < unknown.length; start += FETCH_AT_ONCE) {
      const requested = new Map(
        unknown.slice(start, start + FETCH_AT_ONCE).map(({ id, entry }) => [id, entry]),
      );
      const fetched = await this.#api.fetchRecords([...requested.keys()]);
      const wanted = fetched.filter(({ id, entry }) => requested.get(id) === entry);
      await this.#mergeAll(wanted, book);
      complete &&= wanted.length === requested.size;
    }
    return complete;
  }

  /**
   * Merge records into their entries. The merged entries and the record rows are stored in one transaction. Otherwise
   * a record might be superseded by a state that doesn't include it.
   *
   * @param {SealedRecord[]} records
   * @param {RecordBook} book
   */
  async #mergeAll(records, book) {
    const opened = (await Promise.all(records.map((record) => this.#open(record)))).flat();
    const also = opened.map(({ id, entry, digest }) => book.set(id, { entry, digest }));
    const entries = [...new Set(opened.map(({ entry }) => entry))];
    await this.#store.update(
      entries,
      (before, _, id) => {
        const states = opened.filter(({ entry }) => entry === id).map(({ state }) => state);
        const merged = [...(before ? [before] : []), ...states].reduce(merge);
        return before && canonical(merged) === canonical(before) ? before : merged;
      },
      { source: "sync", also, overUnreadable: true },
    );
  }

  /**
   * Open a record. Return an empty list if it can't be read.
   *
   * @param {SealedRecord} record
   */
  async #open(record) {
    try {
      const state = await openRecord(this.#keys, record);
      return [{ id: record.id, entry: record.entry, state, digest: await digest(state) }];
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.#unreadable.add(record.id);
      return [];
    }
  }

  /**
   * Push all entries that aren't backed up, in batches.
   *
   * @param {RecordBook} book
   * @returns {Promise<Outcome[]>}
   */
  async #pushChanged(book) {
    const { states } = await this.#store.all();
    /** @type {Outcome[]} */
    const outcomes = [];
    /** @type {Ready[]} */
    let batch = [];
    let bytes = PUSH_MARGIN;
    for (const [entry, state] of states) {
      const ready = await this.#prepare(entry, state, book);
      if (!ready) continue;
      const size = JSON.stringify(ready.record).length + 1;
      if (batch.length === PUSH_AT_ONCE || bytes + size > PUSH_BYTES) {
        outcomes.push(...(await this.#push(batch, book)));
        batch = [];
        bytes = PUSH_MARGIN;
      }
      batch.push(ready);
      bytes += size;
    }
    if (batch.length) outcomes.push(...(await this.#push(batch, book)));
    return outcomes;
  }

  /**
   * Return the record to push for an entry.
   *
   * @param {string} entry id
   * @param {State} state
   * @param {RecordBook} book
   * @returns {Promise<Ready | undefined>} undefined if there is nothing to push
   */
  async #prepare(entry, state, book) {
    const digest = await this.#digest(state);
    if (book.isBackedUp(entry, digest) || this.#tooLarge.get(entry) === digest) return undefined;
    this.#tooLarge.delete(entry);
    const retry = book.retryOf(entry, digest);
    if (retry) return { record: retry, changes: [] };
    const id = toBase64url(this.#env.randomBytes(16));
    try {
      const about = { id, entry, supersedes: book.liveOf(entry) };
      const record = await sealRecord(this.#keys, about, state);
      const outdated = book.pendingOf(entry).map((old) => book.delete(old));
      return { record, changes: [...outdated, book.set(id, { entry, digest, pending: record })] };
    } catch (error) {
      if (!(error instanceof RecordTooLargeError)) throw error;
      this.#tooLarge.set(entry, digest);
      return undefined;
    }
  }

  /**
   * Push one batch.
   *
   * @param {Ready[]} batch
   * @param {RecordBook} book
   * @returns {Promise<Outcome[]>}
   */
  async #push(batch, book) {
    const records = batch.map(({ record }) => record);
    // Store the records before they are sent. If the response is lost, the same bytes are sent again.
    await this.#env.storage.write(batch.flatMap(({ changes }) => changes));
    const results = await this.#api.pushRecords(records);
    const changes = records.flatMap((record) =>
      this.#applyOutcome(record, results[record.id], book),
    );
    await this.#env.storage.write(changes);
    return records.flatMap(({ id }) => results[id] ?? []);
  }

  /**
   * Return what to store after a push.
   *
   * @param {SealedRecord} record
   * @param {Outcome | undefined} outcome undefined if the server left the record out: it will be sent again
   * @param {RecordBook} book
   * @returns {Change[]}
   */
  #applyOutcome(record, outcome, book) {
    switch (outcome) {
      case "stored":
      case "same":
        return book.arrived(record);
      case "too_large":
        this.#tooLarge.set(record.entry, book.rows.get(record.id)?.digest ?? "");
        return [book.delete(record.id)];
      case "superseded":
      case "clash":
        return [book.delete(record.id)];
      default:
        return [];
    }
  }

  /**
   * Return the digest of a state. Compute it only once.
   *
   * @param {State} state
   */
  #digest(state) {
    const promise = this.#digests.get(state) ?? digest(state);
    this.#digests.set(state, promise);
    return promise;
  }
}
