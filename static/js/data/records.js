/**
 * What this phone knows of records: which are live, which state each one carried, and which are being sent. Nothing
 * here touches storage or the network.
 */

/** @import { LiveRecord } from "./api.js" */
/** @import { Change } from "./database.js" */
/** @import { SealedRecord } from "./seal.js" */

/**
 * A record whose state was merged or sealed on this phone.
 *
 * @typedef {object} Row
 * @property {string} entry id
 * @property {string} digest of the state that the record carries
 * @property {SealedRecord} [pending] the exact bytes to send, until the server is known to have them
 */

export class RecordBook {
  /** @param {Map<string, Row>} rows by record id */
  constructor(rows) {
    this.rows = rows;
  }

  /**
   * Return the live records of an entry.
   *
   * @param {string} entry id
   * @returns {string[]} record ids
   */
  liveOf(entry) {
    return this.#recordsOf(entry, false);
  }

  /**
   * Return the records of an entry that the server hasn't confirmed yet.
   *
   * @param {string} entry id
   * @returns {string[]} record ids
   */
  pendingOf(entry) {
    return this.#recordsOf(entry, true);
  }

  /**
   * Return whether exactly one live record belongs to the entry and carries this state.
   *
   * @param {string} entry id
   * @param {string} digest of the entry's state on this phone
   */
  isBackedUp(entry, digest) {
    const [id, ...others] = this.liveOf(entry);
    return id !== undefined && !others.length && this.rows.get(id)?.digest === digest;
  }

  /**
   * Return the record that was sealed for this state earlier and may have been sent. It must supersede exactly the
   * records that are live now.
   *
   * @param {string} entry id
   * @param {string} digest
   * @returns {SealedRecord | undefined}
   */
  retryOf(entry, digest) {
    const live = this.liveOf(entry).sort().join();
    const rows = this.pendingOf(entry).map((id) => this.rows.get(id));
    const matches = (/** @type {Row | undefined} */ row) =>
      row?.digest === digest && [...(row.pending?.supersedes ?? [])].sort().join() === live;
    return rows.find(matches)?.pending;
  }

  /**
   * Forget the records that are no longer live. A pending record that is live has arrived.
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
   * Note that the server has stored a record. Forget the records that it supersedes.
   *
   * @param {SealedRecord} record
   * @returns {Change[]}
   */
  arrived({ id, entry, supersedes }) {
    const digest = this.rows.get(id)?.digest ?? "";
    return [this.set(id, { entry, digest }), ...supersedes.map((old) => this.delete(old))];
  }

  /**
   * Set the row of a record.
   *
   * @param {string} id
   * @param {Row} row
   * @returns {Change} to be stored by the caller
   */
  set(id, row) {
    this.rows.set(id, row);
    return ["records", id, row];
  }

  /**
   * Delete the row of a record.
   *
   * @param {string} id
   * @returns {Change} to be stored by the caller
   */
  delete(id) {
    this.rows.delete(id);
    return ["records", id, undefined];
  }

  /**
   * @param {string} entry
   * @param {boolean} pending
   */
  #recordsOf(entry, pending) {
    return [...this.rows]
      .filter(([, row]) => row.entry === entry && Boolean(row.pending) === pending)
      .map(([id]) => id);
  }
}
