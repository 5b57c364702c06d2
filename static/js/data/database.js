/**
 * The storage of this phone, in IndexedDB. Code that reads and then writes holds a lock (entry-store.js,
 * backup-status.js). So two operations are enough: read several values at the same moment, and write several values or
 * none.
 */

import { openDB } from "idb";
import { CodedError, StorageFullError, writeError } from "../platform/errors.js";
import { isRefused } from "../platform/refusal.js";
import { StorageLostError } from "./errors.js";

/** @import { IDBPDatabase, IDBPTransaction } from "idb" */

/**
 * The name of a store. The main database holds:
 * - `keys`: `secret`, which opens everything else, plain or wrapped under a PIN (keyring.js)
 * - `entries`: entry id to sealed bytes, and nothing else about an entry
 * - `records`: record id to what is known of a record (records.js)
 * - `meta`: this installation's actor, the settings of backup and lock, the server's token, removals that can still be
 *   undone, the sealed key of voice notes
 *
 * Voice notes have a database of their own (voice-notes.js). Phones have these names:
 * - `letters`: voice note id to the sealed facts about the voice note
 * - `pieces`: voice note id and piece number to sealed sound
 *
 * @typedef {"keys" | "entries" | "records" | "meta" | "letters" | "pieces"} StoreName
 */

/**
 * What to read. A store with a key reads one value or undefined; a store alone reads a Map of everything in it.
 *
 * @typedef {[StoreName, string] | [StoreName]} Request
 */

/**
 * What to write: a store, a key and the new value. The value undefined deletes.
 *
 * @typedef {[StoreName, string, unknown]} Change
 */

/**
 * The storage that the data layer needs.
 *
 * @typedef {object} Storage
 * @property {(requests: Request[]) => Promise<any[]>} read
 * @property {(changes: Change[]) => Promise<void>} write durable when it resolves; stores all changes or none
 * @property {() => void} close
 */

// Version 2: the secret can be wrapped. Version 3: sync keeps entries for itself, and digests have a key. The number keeps
// out tabs with older scripts: they would take a wrapped secret for a missing one, and show and delete sync's own entries.
const VERSION = 3;
const STORES = /** @type {StoreName[]} */ (["keys", "entries", "records", "meta"]);

/** Give up an operation after this time, in ms. On iOS, a request to a dead connection may never finish. */
const TIMEOUT = 5_000;

/** @implements {Storage} */
export class Database {
  /** @type {Promise<IDBPDatabase> | undefined} */
  #connection;
  #blocked = false;

  /**
   * @param {string} name
   * @param {number} [backoff] how long to wait for an operation, in ms
   * @param {StoreName[]} [stores]
   * @param {() => Promise<boolean>} [makeRoom] see Environment
   */
  constructor(name, backoff = TIMEOUT, stores = STORES, makeRoom = async () => false) {
    this.name = name;
    this.backoff = backoff;
    this.stores = stores;
    this.makeRoom = makeRoom;
  }

  /**
   * @param {Request[]} requests
   * @returns {Promise<any[]>}
   * @throws {StorageLostError}
   */
  read(requests) {
    return this.#run("readonly", requests, (transaction) =>
      requests.map(async ([name, key]) => {
        const store = transaction.objectStore(name);
        if (key !== undefined) return store.get(key);
        const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
        return new Map(keys.map((key, index) => [key, values[index]]));
      }),
    );
  }

  /**
   * @param {Change[]} changes
   * @returns {Promise<void>}
   * @throws {StorageFullError | StorageLostError}
   */
  async write(changes) {
    if (!changes.length) return;
    await this.#run("readwrite", changes, (transaction) =>
      changes.map(async ([name, key, value]) => {
        const store = /** @type {any} */ (transaction.objectStore(name));
        return value === undefined ? store.delete(key) : store.put(value, key);
      }),
    );
  }

  close() {
    this.#connection?.then((connection) => connection.close()).catch(() => {});
    this.#connection = undefined;
  }

  /**
   * Run a transaction. If it fails, open the database again and repeat it once, because iOS closes connections in the
   * background. Repeating is safe for both operations. If the storage is full, repeat it as long as room can be made.
   *
   * After a second failure, the next operation opens the database again. It doesn't wait for the dead connection.
   *
   * @param {"readonly" | "readwrite"} mode
   * @param {[StoreName, ...unknown[]][]} operations
   * @param {(transaction: IDBPTransaction<any, any, any>) => Promise<any>[]} work
   */
  async #run(mode, operations, work) {
    const stores = [...new Set(operations.map(([name]) => name))];
    let isRepeated = false;
    for (;;) {
      try {
        return await this.#attempt(mode, stores, work);
      } catch (error) {
        const isFull = error instanceof StorageFullError;
        if (isFull ? !(await this.#makesRoom()) : isRepeated) throw error;
        isRepeated ||= !isFull;
      }
    }
  }

  /** Return whether something was deleted to make room. */
  async #makesRoom() {
    try {
      return await this.makeRoom();
    } catch (error) {
      console.info("no room could be made", error);
      return false;
    }
  }

  /**
   * Run a transaction once.
   *
   * @param {"readonly" | "readwrite"} mode
   * @param {StoreName[]} stores
   * @param {(transaction: IDBPTransaction<any, any, any>) => Promise<any>[]} work
   */
  async #attempt(mode, stores, work) {
    /** @type {IDBPTransaction<any, any, any> | undefined} */
    let transaction;
    try {
      const connection = await this.#withTimeout(this.#open());
      // Durability is strict, because "Saved on this phone" must still be true after the battery has run out.
      transaction = connection.transaction(stores, mode, { durability: "strict" });
      const results = await this.#withTimeout(
        Promise.all([...work(transaction), transaction.done]),
      );
      return results.slice(0, -1);
    } catch (error) {
      abort(transaction);
      const codedError = this.#toCodedError(transaction?.error ?? error);
      if (!transaction || !(codedError instanceof StorageFullError)) this.close();
      throw codedError;
    }
  }

  #open() {
    if (!globalThis.indexedDB) throw new StorageLostError("storage_missing", "No IndexedDB");
    this.#blocked = false;
    this.#connection ??= openDB(this.name, VERSION, {
      upgrade: (connection) => {
        const existing = connection.objectStoreNames;
        const missing = this.stores.filter((name) => !existing.contains(name));
        for (const name of missing) connection.createObjectStore(name);
      },
      blocked: () => (this.#blocked = true),
      // A newer version of the app, in another tab, waits until this connection is closed.
      blocking: () => this.close(),
      terminated: () => (this.#connection = undefined),
    });
    return this.#connection;
  }

  /**
   * Wait for a promise, but at most `backoff` ms.
   *
   * @template T
   * @param {Promise<T>} promise
   * @returns {Promise<T>}
   */
  async #withTimeout(promise) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const timeout = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new DOMException("No answer", "TimeoutError")), this.backoff);
    });
    try {
      return await Promise.race([promise, /** @type {Promise<never>} */ (timeout)]);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Return the error with a code for an error of IndexedDB.
   *
   * @param {any} cause
   */
  #toCodedError(cause) {
    const error = writeError(cause);
    if (error instanceof CodedError) return error;
    /** @type {Record<string, string>} */
    const codes = { VersionError: "storage_newer", SecurityError: "storage_refused" };
    const code = codes[cause?.name] ?? this.#usualCode();
    return new StorageLostError(code, `IndexedDB failed: ${cause?.message}`, { cause });
  }

  /** Return the code of an error that doesn't say what it is. */
  #usualCode() {
    if (this.#blocked) return "storage_blocked";
    // Chromium calls a refusal an unknown error.
    return isRefused() ? "storage_refused" : "storage_lost";
  }
}

/**
 * Abort a transaction that was given up, so that it can't take effect after it was repeated.
 *
 * @param {IDBPTransaction<any, any, any>} [transaction]
 */
function abort(transaction) {
  transaction?.done.catch(() => {});
  try {
    transaction?.abort();
  } catch {
    // The transaction has already ended.
  }
}
