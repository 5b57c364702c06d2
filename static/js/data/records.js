/**
 * What this phone knows of records: which are live, which state each one carried, and which are being sent. Nothing
 * here touches storage or the network.
 */

/** @import { LiveRecord } from "./api.js" */
/** @import { Change } from "./database.js" */
/** @import { SealedRecord } from "./record-seal.js" */

/**
 * A record. It is in one of four states:
 * - merged: it is live, and this phone's entry includes its state; only `digest` is set
 * - pending: it was sealed here, and the server hasn't confirmed it; `pending` is set
 * - unmerged: it is live and hasn't been fetched
 * - unopened: it is live and can't be opened here
 *
 * @typedef {object} Row
 * @property {string} entry id
 * @property {string} [digest] of the state that the record carries
 * @property {SealedRecord} [pending] the exact bytes to send, until the server is known to have them
 * @property {true} [unmerged]
 * @property {number} [unopened] when it was last tried, in ms since 1970
 */

/** Try again to open a record after this time, in ms: a newer version of the app may be able to. */
const TRY_AGAIN = 24 * 3_600_000;

export class RecordBook {
  /**
   * Record ids by entry id.
   *
   * @type {Map<string, Set<string>>}
   */
  #byEntry = new Map();

  /** @param {Map<string, Row>} rows by record id */
  constructor(rows) {
    this.rows = rows;
    for (const [id, { entry }] of rows) this.#index(id, entry);
  }

  /**
   * The ids of all records that are live on the server, as far as this phone knows.
   *
   * @returns {string[]}
   */
  get liveIds() {
    return [...this.rows].filter(([, row]) => !row.pending).map(([id]) => id);
  }

  /**
   * Return the live records of an entry whose states this phone has merged. The next record supersedes these.
   *
   * @param {string} entry id
   * @returns {string[]} record ids
   */
  mergedOf(entry) {
    return this.#recordsOf(entry, isMerged);
  }

  /**
   * Return all live records of an entry, also those that aren't merged.
   *
   * @param {string} entry id
   * @returns {string[]} record ids
   */
  liveOf(entry) {
    return this.#recordsOf(entry, (row) => !row.pending);
  }

  /**
   * Return whether a live record of an entry hasn't been fetched yet.
   *
   * @param {string} entry id
   */
  isWaiting(entry) {
    return this.#recordsOf(entry, ({ unmerged }) => unmerged === true).length > 0;
  }

  /**
   * Return the records of an entry that the server hasn't confirmed yet.
   *
   * @param {string} entry id
   * @returns {string[]} record ids
   */
  pendingOf(entry) {
    return this.#recordsOf(entry, (row) => row.pending !== undefined);
  }

  /**
   * Return the live records to fetch.
   *
   * @param {number} now ms since 1970
   * @returns {LiveRecord[]}
   */
  toFetch(now) {
    const isDue = (/** @type {Row} */ { unmerged, unopened }) =>
      unmerged || (unopened !== undefined && Math.abs(now - unopened) >= TRY_AGAIN);
    return [...this.rows].filter(([, row]) => isDue(row)).map(([id, { entry }]) => ({ id, entry }));
  }

  /**
   * The entries of the records that can't be opened here.
   *
   * @returns {Set<string>} entry ids
   */
  get unopened() {
    const rows = [...this.rows.values()].filter(({ unopened }) => unopened !== undefined);
    return new Set(rows.map(({ entry }) => entry));
  }

  /**
   * Return whether exactly one merged record belongs to the entry and carries this state. A record that can't be
   * opened doesn't count: nothing can supersede it.
   *
   * @param {string} entry id
   * @param {string} digest of the entry's state on this phone
   */
  isBackedUp(entry, digest) {
    const [id, ...others] = this.mergedOf(entry);
    return id !== undefined && !others.length && this.rows.get(id)?.digest === digest;
  }

  /**
   * Return the record that was sealed for this state earlier and may have been sent. It must supersede exactly the
   * records that are merged now.
   *
   * @param {string} entry id
   * @param {string} digest
   * @returns {SealedRecord | undefined}
   */
  retryOf(entry, digest) {
    const merged = this.mergedOf(entry).sort().join();
    const rows = this.pendingOf(entry).map((id) => this.rows.get(id));
    const matches = (/** @type {Row | undefined} */ row) =>
      row?.digest === digest && [...(row.pending?.supersedes ?? [])].sort().join() === merged;
    return rows.find(matches)?.pending;
  }

  /**
   * Note what has changed on the server. A pending record that is live has arrived.
   *
   * @param {{added: LiveRecord[], gone: string[]}} changes
   * @returns {Change[]}
   */
  apply({ added, gone }) {
    const lost = gone.filter((id) => this.rows.get(id) && !this.rows.get(id)?.pending);
    return [
      ...lost.map((id) => this.delete(id)),
      ...added.flatMap(({ id, entry }) => this.#appeared(id, entry)),
    ];
  }

  /**
   * Note the whole list of live records. Forget the records that are no longer live.
   *
   * @param {LiveRecord[]} live
   * @returns {Change[]}
   */
  reconcile(live) {
    const ids = new Set(live.map(({ id }) => id));
    return this.apply({ added: live, gone: this.liveIds.filter((id) => !ids.has(id)) });
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
    this.#index(id, row.entry);
    return ["records", id, row];
  }

  /**
   * Delete the row of a record.
   *
   * @param {string} id
   * @returns {Change} to be stored by the caller
   */
  delete(id) {
    this.#byEntry.get(this.rows.get(id)?.entry ?? "")?.delete(id);
    this.rows.delete(id);
    return ["records", id, undefined];
  }

  /**
   * @param {string} id
   * @param {string} entry
   * @returns {Change[]}
   */
  #appeared(id, entry) {
    const row = this.rows.get(id);
    if (!row) return [this.set(id, { entry, unmerged: true })];
    return row.pending ? [this.set(id, { entry, digest: row.digest })] : [];
  }

  /**
   * @param {string} id
   * @param {string} entry
   */
  #index(id, entry) {
    const ids = this.#byEntry.get(entry) ?? new Set();
    this.#byEntry.set(entry, ids.add(id));
  }

  /**
   * @param {string} entry
   * @param {(row: Row) => boolean} isWanted
   */
  #recordsOf(entry, isWanted) {
    return [...(this.#byEntry.get(entry) ?? [])].filter((id) =>
      isWanted(/** @type {Row} */ (this.rows.get(id))),
    );
  }
}

/** @param {Row} row */
const isMerged = ({ digest, pending }) => digest !== undefined && !pending;
