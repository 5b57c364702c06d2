/** What this phone knows of records: which are live, what state each carried, which are on their way. Pure. */

/** @import { LiveRecord } from "./api.js" */
/** @import { Change } from "./database.js" */
/** @import { SealedRecord } from "./seal.js" */

/**
 * A record whose state has been merged here, or was sealed here.
 * @typedef {object} Row
 * @property {string} entry
 * @property {string} digest of the state that the record carries
 * @property {SealedRecord} [pending] the very bytes to send, until the server is known to have them
 */

export class RecordBook {
  /** @param {Map<string, Row>} rows by record id */
  constructor(rows) {
    this.rows = rows;
  }

  /**
   * @param {string} entry
   * @returns {string[]} its live records
   */
  liveOf(entry) {
    return this.#of(entry, false);
  }

  /**
   * @param {string} entry
   * @returns {string[]} its records of which no answer has come
   */
  pendingOf(entry) {
    return this.#of(entry, true);
  }

  /**
   * @param {string} entry
   * @param {string} digest of the entry's state on this phone
   */
  isBackedUp(entry, digest) {
    const [id, ...others] = this.liveOf(entry);
    return id !== undefined && !others.length && this.rows.get(id)?.digest === digest;
  }

  /**
   * The record that was sealed for this state earlier and may have been sent.
   *
   * @param {string} entry
   * @param {string} digest
   * @returns {SealedRecord | undefined}
   */
  retryOf(entry, digest) {
    const live = this.liveOf(entry).sort().join();
    const rows = this.pendingOf(entry).map((id) => this.rows.get(id));
    const fits = (/** @type {Row | undefined} */ row) =>
      row?.digest === digest && [...(row.pending?.supersedes ?? [])].sort().join() === live;
    return rows.find(fits)?.pending;
  }

  /**
   * Forgets what is no longer live; what was on its way and is live has arrived.
   *
   * @param {LiveRecord[]} live
   * @returns {Change[]}
   */
  reconcile(live) {
    const ids = new Set(live.map(({ id }) => id));
    return [...this.rows].flatMap(([id, { entry, digest, pending }]) => {
      if (ids.has(id)) return pending ? [this.set(id, { entry, digest })] : [];
      return pending ? [] : [this.delete(id)];
    });
  }

  /**
   * @param {SealedRecord} record that the server has stored
   * @returns {Change[]}
   */
  arrived({ id, entry, supersedes }) {
    const digest = this.rows.get(id)?.digest ?? "";
    return [this.set(id, { entry, digest }), ...supersedes.map((old) => this.delete(old))];
  }

  /**
   * @param {string} id
   * @param {Row} row
   * @returns {Change} that makes storage follow
   */
  set(id, row) {
    this.rows.set(id, row);
    return ["records", id, row];
  }

  /**
   * @param {string} id
   * @returns {Change}
   */
  delete(id) {
    this.rows.delete(id);
    return ["records", id, undefined];
  }

  /**
   * @param {string} entry
   * @param {boolean} pending
   */
  #of(entry, pending) {
    return [...this.rows]
      .filter(([, row]) => row.entry === entry && Boolean(row.pending) === pending)
      .map(([id]) => id);
  }
}
