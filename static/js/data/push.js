/** Push entries to the server, as many in one request as the line takes (sync.md, "Slow and narrow lines"). */

import { toBase64url } from "./base64.js";
import { RecordTooLargeError } from "./errors.js";
import { Pace } from "./pace.js";
import { sealRecord } from "./record-seal.js";
import { ApiError } from "./response.js";

/** @import { Api, Outcome } from "./api.js" */
/** @import { Change } from "./database.js" */
/** @import { State } from "./entry.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Keys } from "./keys.js" */
/** @import { RecordBook } from "./records.js" */
/** @import { SealedRecord } from "./record-seal.js" */

/** @typedef {[id: string, state: State]} IdAndState */

/**
 * A record to push, and the changes to store before it is sent.
 *
 * @typedef {{record: SealedRecord, changes: Change[], size: number}} Ready
 */

const PUSH_AT_ONCE = 20;
const PUSH_BYTES = 512 * 1024;
/** About two seconds of a slow telephone line. */
const FIRST_BYTES = 32 * 1024;

/** Bytes around the records of a push: `{"records":[` and `]}`. */
const PUSH_MARGIN = 100;

export class Pusher {
  #env;
  #keys;
  #api;
  #digestOf;
  #pace = new Pace(FIRST_BYTES, PUSH_BYTES);
  /**
   * Digests of the states that the backup doesn't take, by entry id: they are too long, or something on the way refuses
   * a request with this record alone.
   *
   * @type {Map<string, string>}
   */
  #refused = new Map();
  /**
   * Why a record that timed out by itself was left for a later pass. The others go on.
   *
   * @type {ApiError | undefined}
   */
  #stalled;

  /**
   * @param {Environment} env
   * @param {Keys} keys
   * @param {Api} api
   * @param {(state: State) => Promise<string>} digestOf
   */
  constructor(env, keys, api, digestOf) {
    this.#env = env;
    this.#keys = keys;
    this.#api = api;
    this.#digestOf = digestOf;
  }

  /** @returns {string[]} ids of the entries that the backup doesn't take */
  get refused() {
    return [...this.#refused.keys()];
  }

  /**
   * Return why a record was left for a later pass, and forget it.
   *
   * @returns {ApiError | undefined}
   */
  takeStalled() {
    const stalled = this.#stalled;
    this.#stalled = undefined;
    return stalled;
  }

  /**
   * Return those of the entries whose states are backed up.
   *
   * @param {Map<string, State>} entries by id
   * @param {RecordBook} book
   * @returns {Promise<Map<string, State>>}
   */
  async backedUp(entries, book) {
    const found = await Promise.all(
      [...entries].map(async ([id, state]) =>
        book.isBackedUp(id, await this.#digestOf(state))
          ? [/** @type {IdAndState} */ ([id, state])]
          : [],
      ),
    );
    return new Map(found.flat());
  }

  /**
   * Push the entries that aren't backed up, in this order.
   *
   * @param {IdAndState[]} entries
   * @param {RecordBook} book
   * @returns {Promise<Outcome[]>} of the entries that were sent
   */
  async push(entries, book) {
    /** @type {Outcome[]} */
    const outcomes = [];
    let rest = entries;
    while (rest.length) {
      const { batch, taken } = await this.#nextBatch(rest, book);
      rest = rest.slice(taken);
      const sent = batch.length ? await this.#send(batch, book) : [];
      outcomes.push(...sent);
      // The backup is full. What waits behind is refused as well.
      if (sent.length && sent.every((outcome) => outcome === "quota")) break;
    }
    return outcomes;
  }

  /**
   * Seal as many entries as fit into one request.
   *
   * @param {IdAndState[]} entries
   * @param {RecordBook} book
   * @returns {Promise<{batch: Ready[], taken: number}>} `taken`: number of entries that are done with
   */
  async #nextBatch(entries, book) {
    /** @type {Ready[]} */
    const batch = [];
    let bytes = PUSH_MARGIN;
    let taken = 0;
    for (const [entry, state] of entries) {
      if (batch.length === PUSH_AT_ONCE) break;
      const ready = await this.#prepare(entry, state, book);
      if (ready && batch.length && bytes + ready.size > this.#pace.size) {
        // It stays sealed for the next batch.
        await this.#env.storage.write(ready.changes);
        break;
      }
      taken += 1;
      if (!ready) continue;
      batch.push(ready);
      bytes += ready.size;
    }
    return { batch, taken };
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
    const digest = await this.#digestOf(state);
    if (book.isBackedUp(entry, digest) || this.#refused.get(entry) === digest) return undefined;
    this.#refused.delete(entry);
    const retry = book.retryOf(entry, digest);
    if (retry) return { record: retry, changes: [], size: sizeOf(retry) };
    const id = toBase64url(this.#env.randomBytes(16));
    try {
      const about = { id, entry, supersedes: book.mergedOf(entry) };
      const record = await sealRecord(this.#keys, about, state);
      const outdated = book.pendingOf(entry).map((old) => book.delete(old));
      const changes = [...outdated, book.set(id, { entry, digest, pending: record })];
      return { record, changes, size: sizeOf(record) };
    } catch (error) {
      if (!(error instanceof RecordTooLargeError)) throw error;
      this.#refused.set(entry, digest);
      return undefined;
    }
  }

  /**
   * Send a batch. If it is too much for the line, send its halves.
   *
   * @param {Ready[]} batch
   * @param {RecordBook} book
   * @returns {Promise<Outcome[]>}
   */
  async #send(batch, book) {
    // Store the records before they are sent. If the response is lost, the same bytes are sent again.
    await this.#env.storage.write(batch.flatMap(({ changes }) => changes));
    const records = batch.map(({ record }) => record);
    const size = batch.reduce((sum, ready) => sum + ready.size, PUSH_MARGIN);
    const start = this.#env.now();
    try {
      const results = await this.#api.pushRecords(records);
      this.#pace.succeeded(this.#env.now() - start);
      const changes = records.flatMap((record) => this.#settle(record, results[record.id], book));
      await this.#env.storage.write(changes);
      return records.flatMap(({ id }) => results[id] ?? []);
    } catch (error) {
      if (!(error instanceof ApiError) || !(error.isTooMuch || isRefusal(error))) throw error;
      if (error.isTooMuch) this.#pace.failed(size, error.status === 413);
      if (batch.length === 1) return this.#giveUp(records[0], book, error);
      const half = Math.ceil(batch.length / 2);
      const first = await this.#send(batch.slice(0, half), book);
      return [...first, ...(await this.#send(batch.slice(half), book))];
    }
  }

  /**
   * Set a record aside that is refused even alone. If it only timed out, leave it for a later pass; if a second one does
   * so too, the fault isn't the record's.
   *
   * @param {SealedRecord} record
   * @param {RecordBook} book
   * @param {ApiError} error
   * @returns {Promise<Outcome[]>}
   */
  async #giveUp(record, book, error) {
    if (!isRefusal(error)) {
      this.#api.waitLonger();
      if (this.#stalled) throw error;
      this.#stalled = error;
      return [];
    }
    await this.#env.storage.write(this.#settle(record, "too_large", book));
    return ["too_large"];
  }

  /**
   * Return what to store after a push.
   *
   * @param {SealedRecord} record
   * @param {Outcome | undefined} outcome undefined if the server left the record out: it will be sent again
   * @param {RecordBook} book
   * @returns {Change[]}
   */
  #settle(record, outcome, book) {
    switch (outcome) {
      case "stored":
      case "same":
        return book.arrived(record);
      case "too_large":
        this.#refused.set(record.entry, book.rows.get(record.id)?.digest ?? "");
        return [book.delete(record.id)];
      case "superseded":
      case "clash":
        return [book.delete(record.id)];
      default:
        return [];
    }
  }
}

/**
 * Return whether the server, or something on the way, will refuse the same request again.
 *
 * @param {ApiError} error
 */
const isRefusal = ({ status }) => [400, 413, 422].includes(status);

/**
 * Return whether another phone has pushed meanwhile: what is live must be asked again.
 *
 * @param {Outcome} outcome
 */
export const wasOvertaken = (outcome) => outcome === "superseded" || outcome === "clash";

/** @param {SealedRecord} record */
const sizeOf = (record) => JSON.stringify(record).length + 1;
