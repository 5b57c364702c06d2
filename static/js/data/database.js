/**
 * This phone's own storage. All readers and writers of more than one step hold a lock (entry-store.js, schedule.js),
 * so two operations are enough: read several things at one moment, and write several things or none.
 */

import { openDB } from "idb";
import { StorageFullError, StorageLostError } from "./errors.js";

/** @import { IDBPDatabase, IDBPTransaction } from "idb" */

/**
 * What each store holds:
 * - `keys`: `secret`, the only thing from which everything else can be opened, plain or under a PIN (keyring.js)
 * - `entries`: entry id to sealed bytes, and nothing else about an entry
 * - `records`: record id to what is known of a record (records.js)
 * - `meta`: this installation's actor, backup settings, removals that can still be undone, the sealed key of letters
 *
 * In a database of their own (letters.js):
 * - `letters`: letter id to what is known of it, sealed
 * - `pieces`: letter id and number to sealed sound
 *
 * @typedef {"keys" | "entries" | "records" | "meta" | "letters" | "pieces"} StoreName
 */

/**
 * A key reads one value or undefined; a store alone reads a Map of everything in it.
 * @typedef {[StoreName, string] | [StoreName]} Request
 */

/**
 * A store, a key and the new value; undefined deletes.
 * @typedef {[StoreName, string, unknown]} Change
 */

/**
 * What the rest of the data layer asks of storage.
 * @typedef {object} Storage
 * @property {(requests: Request[]) => Promise<any[]>} read
 * @property {(changes: Change[]) => Promise<void>} write durable when it resolves; all or nothing
 * @property {() => void} close
 */

// 2: the secret can be wrapped. A tab with older scripts would take that for none and make another one.
const VERSION = 2;
const STORES = /** @type {StoreName[]} */ (["keys", "entries", "records", "meta"]);

/** On iOS a request to a dead connection may never be answered at all. */
const PATIENCE = 5_000;

/** @implements {Storage} */
export class Database {
  /** @type {Promise<IDBPDatabase> | undefined} */
  #connection;
  #blocked = false;

  /**
   * @param {string} name
   * @param {number} [patience] ms
   * @param {StoreName[]} [stores]
   */
  constructor(name, patience = PATIENCE, stores = STORES) {
    this.name = name;
    this.patience = patience;
    this.stores = stores;
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
   * iOS closes connections in the background: open again and try once more. Both operations may safely be repeated.
   * After a second failure too the next one opens again, and doesn't wait for what never answered.
   *
   * @param {"readonly" | "readwrite"} mode
   * @param {[StoreName, ...unknown[]][]} touched
   * @param {(transaction: IDBPTransaction<any, any, any>) => Promise<any>[]} work
   */
  async #run(mode, touched, work) {
    const stores = [...new Set(touched.map(([name]) => name))];
    try {
      return await this.#attempt(mode, stores, work);
    } catch (error) {
      if (error instanceof StorageFullError) throw error;
    }
    return this.#attempt(mode, stores, work);
  }

  /**
   * @param {"readonly" | "readwrite"} mode
   * @param {StoreName[]} stores
   * @param {(transaction: IDBPTransaction<any, any, any>) => Promise<any>[]} work
   */
  async #attempt(mode, stores, work) {
    /** @type {IDBPTransaction<any, any, any> | undefined} */
    let transaction;
    try {
      const connection = await this.#soon(this.#open());
      // Strict, because "Saved on this phone" must still be true after the battery ran out.
      transaction = connection.transaction(stores, mode, { durability: "strict" });
      const answers = await this.#soon(Promise.all([...work(transaction), transaction.done]));
      return answers.slice(0, -1);
    } catch (error) {
      abort(transaction);
      const explained = this.#explain(transaction?.error ?? error);
      if (!(explained instanceof StorageFullError)) this.close();
      throw explained;
    }
  }

  #open() {
    if (typeof indexedDB === "undefined") throw new DOMException("No IndexedDB", "SecurityError");
    this.#blocked = false;
    this.#connection ??= openDB(this.name, VERSION, {
      upgrade: (connection) => {
        const there = connection.objectStoreNames;
        const missing = this.stores.filter((name) => !there.contains(name));
        for (const name of missing) connection.createObjectStore(name);
      },
      blocked: () => (this.#blocked = true),
      // A newer version of the app, in another tab, waits for us to let go.
      blocking: () => this.close(),
      terminated: () => (this.#connection = undefined),
    });
    return this.#connection;
  }

  /**
   * @template T
   * @param {Promise<T>} promise
   * @returns {Promise<T>}
   */
  async #soon(promise) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const timeout = new Promise((_, reject) => {
      timer = setTimeout(
        () => reject(new DOMException("No answer", "TimeoutError")),
        this.patience,
      );
    });
    try {
      return await Promise.race([promise, /** @type {Promise<never>} */ (timeout)]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param {any} cause */
  #explain(cause) {
    if (cause?.name === "QuotaExceededError") return new StorageFullError({ cause });
    /** @type {Record<string, string>} */
    const codes = { VersionError: "storage_newer", SecurityError: "storage_missing" };
    const code = codes[cause?.name] ?? (this.#blocked ? "storage_blocked" : "storage_lost");
    return new StorageLostError(code, `IndexedDB failed: ${cause?.message}`, { cause });
  }
}

/**
 * A transaction given up on must not come into effect after its repetition.
 *
 * @param {IDBPTransaction<any, any, any>} [transaction]
 */
function abort(transaction) {
  transaction?.done.catch(() => {});
  try {
    transaction?.abort();
  } catch {
    // It has already ended.
  }
}
