/**
 * The entries of this phone: sealed in storage, opened in memory. Every change is read, made, sealed and stored under
 * one lock, so that tabs don't overwrite each other.
 */

import { toBase64url } from "./base64.js";
import { UnreadableError } from "./errors.js";
import { Keyring } from "./keyring.js";
import { SECRET_BYTES, deriveKeys } from "./keys.js";
import { KEY_PLACE, resealLetterKey } from "./letter-seal.js";
import { openEntry, sealEntry } from "./seal.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Change as StorageChange, Request } from "./database.js" */
/** @import { State } from "./entry.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Keys } from "./keys.js" */

/** @typedef {"here" | "tab" | "sync"} Source who changed entries: this tab, another one, or another phone */

/**
 * @typedef {object} Changed
 * @property {string[] | null} ids of the entries; null when anything may have changed
 * @property {Source} source
 */

/**
 * Makes a new state out of the stored one. The same state, or undefined, changes nothing.
 * @typedef {(before: State | undefined, actor: string, id: string) => State | undefined} Change
 */

/**
 * @typedef {object} Options
 * @property {Source} [source] "here" unless told otherwise
 * @property {StorageChange[]} [also] stored in the same step
 * @property {boolean} [overUnreadable] takes an entry that can't be read for one that isn't there
 */

const IV_BYTES = 12;

export class EntryStore {
  /** @type {Environment} */
  #env;
  #keyring;
  /** @type {Keys | undefined} */
  #keys;
  /** @type {Map<string, {sealed: Bytes, state: State}>} */
  #opened = new Map();
  /** @type {Set<(changed: Changed) => void>} */
  #listeners = new Set();

  /** @type {string | undefined} this installation's, once it has written or read */
  actor;

  /**
   * @param {Environment} env
   * @param {Keyring} [keyring] of this tab; while a lock is closed, everything here throws LockedError
   */
  constructor(env, keyring = new Keyring()) {
    this.#env = env;
    this.#keyring = keyring;
    env.channel.addEventListener("message", ({ data }) => {
      if (data.type === "entries") this.tell({ ids: data.ids, source: data.source });
    });
  }

  /** @returns {Promise<Keys | undefined>} undefined before the first use */
  async keys() {
    const [row] = await this.#env.storage.read([["keys", "secret"]]);
    return this.#unlock(await this.#keyring.secretOf(row));
  }

  /** @returns {Promise<Keys>} made now if there were none */
  async ensureKeys() {
    await this.update([], () => undefined);
    return /** @type {Keys} */ (this.#keys);
  }

  /**
   * @returns {Promise<{states: Map<string, State>, unreadable: string[]}>} states by entry id, deleted ones too
   */
  async all() {
    const [row, actor, sealed] = await this.#env.storage.read([
      ["keys", "secret"],
      ["meta", "actor"],
      ["entries"],
    ]);
    this.actor = actor;
    const keys = await this.#unlock(await this.#keyring.secretOf(row));
    const ids = [...sealed.keys()];
    const states = await Promise.all(ids.map((id) => this.#tryOpen(keys, id, sealed.get(id))));
    const opened = ids.flatMap((id, index) => (states[index] ? [[id, states[index]]] : []));
    return {
      states: new Map(/** @type {[string, State][]} */ (opened)),
      unreadable: ids.filter((_, index) => !states[index]),
    };
  }

  /**
   * @param {string[]} ids
   * @returns {Promise<Map<string, State>>} without what isn't there or can't be read
   */
  async some(ids) {
    const [row, actor, ...sealed] = await this.#env.storage.read(readsOf(ids));
    this.actor = actor;
    const keys = await this.#unlock(await this.#keyring.secretOf(row));
    const there = ids.flatMap((id, index) =>
      sealed[index] ? [{ id, sealed: sealed[index] }] : [],
    );
    const opened = there.map(async ({ id, sealed }) => {
      const state = await this.#tryOpen(keys, id, sealed);
      return state ? [/** @type {[string, State]} */ ([id, state])] : [];
    });
    return new Map((await Promise.all(opened)).flat());
  }

  /**
   * @param {string} id
   * @returns {Promise<State | undefined>}
   * @throws {UnreadableError}
   */
  async get(id) {
    const [row, actor, sealed] = await this.#env.storage.read(readsOf([id]));
    this.actor = actor;
    return this.#open(await this.#unlock(await this.#keyring.secretOf(row)), id, sealed);
  }

  /**
   * No other tab changes an entry while `work` runs. Locks don't nest: inside, call `updateLocked`.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  exclusively(work) {
    return this.#env.locks.request(`${this.#env.name}-entries`, {}, work);
  }

  /**
   * @param {string[]} ids
   * @param {Change} change called once for each id
   * @param {Options} [options]
   * @returns {Promise<(State | undefined)[]>} the states as they are now, in the order of `ids`
   */
  update(ids, change, options) {
    return this.exclusively(() => this.updateLocked(ids, change, options));
  }

  /**
   * The same for a caller that holds the lock.
   *
   * @param {string[]} ids
   * @param {Change} change
   * @param {Options} [options]
   */
  async updateLocked(ids, change, { source = "here", also = [], overUnreadable = false } = {}) {
    const [row, storedActor, ...sealed] = await this.#env.storage.read(readsOf(ids));
    const secret = (await this.#keyring.secretOf(row)) ?? this.#env.randomBytes(SECRET_BYTES);
    const actor = storedActor ?? toBase64url(this.#env.randomBytes(8));
    const keys = /** @type {Keys} */ (await this.#unlock(secret));
    const before = await Promise.all(
      ids.map((id, index) =>
        overUnreadable
          ? this.#tryOpen(keys, id, sealed[index])
          : this.#open(keys, id, sealed[index]),
      ),
    );
    const after = ids.map((id, index) => change(before[index], actor, id) ?? before[index]);
    const changed = ids.flatMap((id, index) => {
      const state = after[index];
      return state && state !== before[index] ? [{ id, state }] : [];
    });
    const stored = await this.#seal(keys, changed);
    await this.#env.storage.write([
      ...founding(row, secret, storedActor, actor),
      ...entryChanges(stored),
      ...also,
    ]);
    this.actor = actor;
    for (const { id, sealed, state } of stored) this.#opened.set(id, { sealed, state });
    if (changed.length) this.announce({ ids: changed.map(({ id }) => id), source });
    return after;
  }

  /**
   * Seals everything on this phone under another secret, all or nothing. For a caller that holds the lock. What can't
   * be read is left as it is.
   *
   * @param {Bytes} secret
   * @param {StorageChange[]} also stored in the same step
   */
  async replaceSecretLocked(secret, also) {
    const { states } = await this.all();
    const keys = await deriveKeys(secret);
    const entries = [...states].map(([id, state]) => ({ id, state }));
    const stored = await this.#seal(keys, entries);
    const [before, letters] = await this.#env.storage.read([["keys", "secret"], KEY_PLACE]);
    await this.#env.storage.write([
      ["keys", "secret", await this.#keyring.rowFor(secret, before)],
      ...entryChanges(stored),
      ...(await resealLetterKey(this.#keys?.dataKey, keys.dataKey, letters)),
      ...also,
    ]);
  }

  /** Keys and words go from memory. */
  forget() {
    this.#keys = undefined;
    this.#opened.clear();
    this.#listeners.clear();
  }

  /**
   * @param {(changed: Changed) => void} listener
   * @returns {() => void} stops it
   */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {Changed} changed in this tab; other tabs hear of it too */
  announce({ ids, source }) {
    this.#env.channel.postMessage({
      type: "entries",
      ids,
      source: source === "here" ? "tab" : source,
    });
    this.tell({ ids, source });
  }

  /** @param {Changed} changed that this tab alone is told of */
  tell(changed) {
    for (const listener of this.#listeners) listener(changed);
  }

  /**
   * Another tab may have restored a backup: then the keys are others than a moment ago.
   *
   * @param {Bytes | undefined} secret
   */
  async #unlock(secret) {
    if (secret && !(this.#keys && equal(this.#keys.secret, secret, SECRET_BYTES))) {
      this.#keys = await deriveKeys(secret);
      this.#opened.clear();
    }
    return secret && this.#keys;
  }

  /**
   * @param {Keys | undefined} keys
   * @param {string} id
   * @param {Bytes | undefined} sealed
   */
  async #open(keys, id, sealed) {
    if (!sealed) return undefined;
    const opened = this.#opened.get(id);
    // The random first bytes are new whenever an entry is sealed.
    if (opened && equal(opened.sealed, sealed, IV_BYTES)) return opened.state;
    if (!keys) throw new UnreadableError(id);
    const state = await openEntry(keys.dataKey, id, sealed);
    this.#opened.set(id, { sealed, state });
    return state;
  }

  /**
   * @param {Keys | undefined} keys
   * @param {string} id
   * @param {Bytes | undefined} sealed
   */
  #tryOpen(keys, id, sealed) {
    return this.#open(keys, id, sealed).catch((error) => {
      if (error instanceof UnreadableError) return undefined;
      throw error;
    });
  }

  /**
   * @param {Keys} keys
   * @param {{id: string, state: State}[]} entries
   */
  #seal({ dataKey }, entries) {
    return Promise.all(
      entries.map(async ({ id, state }) => ({
        id,
        state,
        sealed: await sealEntry(dataKey, id, state),
      })),
    );
  }
}

/**
 * @param {string[]} ids
 * @returns {Request[]}
 */
const readsOf = (ids) => [
  ["keys", "secret"],
  ["meta", "actor"],
  ...ids.map((id) => /** @type {Request} */ (["entries", id])),
];

/**
 * @param {{id: string, sealed: Bytes}[]} stored
 * @returns {StorageChange[]}
 */
const entryChanges = (stored) => stored.map(({ id, sealed }) => ["entries", id, sealed]);

/**
 * What the first use of this installation stores.
 *
 * @param {unknown} storedSecret
 * @param {Bytes} secret
 * @param {string | undefined} storedActor
 * @param {string} actor
 * @returns {StorageChange[]}
 */
function founding(storedSecret, secret, storedActor, actor) {
  /** @type {StorageChange[]} */
  const changes = [];
  if (!storedSecret) changes.push(["keys", "secret", { secret }]);
  if (!storedActor) changes.push(["meta", "actor", actor]);
  return changes;
}

/**
 * @param {Bytes} a
 * @param {Bytes} b
 * @param {number} length of what is compared
 */
function equal(a, b, length) {
  for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
