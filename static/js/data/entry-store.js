/**
 * The entries of this phone. They are sealed in storage and opened in memory. Every change is read, made, sealed and
 * stored under one lock, so that tabs don't overwrite each other.
 */

import { toBase64url } from "./base64.js";
import { writerOf } from "./entry.js";
import { UnreadableError } from "./errors.js";
import { Keyring } from "./keyring.js";
import { SECRET_BYTES, deriveKeys } from "./keys.js";
import { sameBytes } from "./same-bytes.js";
import { IV_BYTES, openEntry, sealEntry } from "./seal.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Change as StorageChange, Request } from "./database.js" */
/** @import { State } from "./entry.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Keys } from "./keys.js" */

/** @typedef {"here" | "tab" | "sync"} Source who changed the entries: this tab, another tab, or another phone */

/**
 * @typedef {object} Changed
 * @property {string[] | null} ids of the entries; null if anything may have changed
 * @property {Source} source
 */

/**
 * Returns the new state of an entry. If it returns the stored state or undefined, nothing changes.
 *
 * @typedef {(before: State | undefined, writer: string, id: string) => State | undefined} Change
 */

/**
 * @typedef {object} Options
 * @property {Source} [source] "here" by default
 * @property {StorageChange[]} [also] stored in the same transaction
 * @property {boolean} [overUnreadable] treat an entry that can't be read as missing
 */

export class EntryStore {
  /** @type {Environment} */
  #env;
  #keyring;
  /** @type {Keys | undefined} */
  #keys;
  /**
   * Opened entries, by id.
   *
   * @type {Map<string, {sealed: Bytes, state: State}>}
   */
  #cache = new Map();
  /** @type {Set<(changed: Changed) => void>} */
  #listeners = new Set();

  /**
   * Part of what this start of the app writes as.
   *
   * @type {string}
   */
  #start;

  /** @type {string | undefined} this installation's, known after the first read or write */
  actor;

  /**
   * @param {Environment} env
   * @param {Keyring} [keyring] of this tab; while a lock is closed, every method that needs keys throws LockedError
   */
  constructor(env, keyring = new Keyring()) {
    this.#env = env;
    this.#keyring = keyring;
    this.#start = toBase64url(env.randomBytes(3));
    env.channel.addEventListener("message", ({ data }) => {
      if (data.type === "entries") this.tell({ ids: data.ids, source: data.source });
    });
  }

  /**
   * Return the keys.
   *
   * @returns {Promise<Keys | undefined>} undefined before the first use
   */
  async keys() {
    const [row] = await this.#env.storage.read([["keys", "secret"]]);
    return this.#keysOf(await this.#keyring.secretOf(row));
  }

  /**
   * Return the keys. If there is no secret yet, make one.
   *
   * @returns {Promise<Keys>}
   */
  async ensureKeys() {
    await this.update([], () => undefined);
    return /** @type {Keys} */ (this.#keys);
  }

  /**
   * Read all entries, including deleted ones.
   *
   * @returns {Promise<{states: Map<string, State>, unreadable: string[]}>} `states` by entry id; `unreadable`: ids of
   *   entries that can't be read
   */
  async all() {
    const [row, actor, sealed] = await this.#env.storage.read([
      ["keys", "secret"],
      ["meta", "actor"],
      ["entries"],
    ]);
    this.actor = actor;
    const keys = await this.#keysOf(await this.#keyring.secretOf(row));
    const ids = [...sealed.keys()];
    const states = await Promise.all(ids.map((id) => this.#tryOpen(keys, id, sealed.get(id))));
    const opened = ids.flatMap((id, index) => (states[index] ? [[id, states[index]]] : []));
    return {
      states: new Map(/** @type {[string, State][]} */ (opened)),
      unreadable: ids.filter((_, index) => !states[index]),
    };
  }

  /**
   * Read some entries.
   *
   * @param {string[]} ids
   * @returns {Promise<Map<string, State>>} by entry id, without those that are missing or can't be read
   */
  async some(ids) {
    const [row, actor, ...sealed] = await this.#env.storage.read(requestsFor(ids));
    this.actor = actor;
    const keys = await this.#keysOf(await this.#keyring.secretOf(row));
    const present = ids.flatMap((id, index) =>
      sealed[index] ? [{ id, sealed: sealed[index] }] : [],
    );
    const opened = present.map(async ({ id, sealed }) => {
      const state = await this.#tryOpen(keys, id, sealed);
      return state ? [/** @type {[string, State]} */ ([id, state])] : [];
    });
    return new Map((await Promise.all(opened)).flat());
  }

  /**
   * Read one entry.
   *
   * @param {string} id
   * @returns {Promise<State | undefined>} undefined if there is no such entry
   * @throws {UnreadableError}
   */
  async get(id) {
    const [row, actor, sealed] = await this.#env.storage.read(requestsFor([id]));
    this.actor = actor;
    return this.#open(await this.#keysOf(await this.#keyring.secretOf(row)), id, sealed);
  }

  /**
   * Run `work` while no other tab changes an entry. Locks don't nest: inside `work`, call `updateLocked`.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  exclusively(work) {
    return this.#env.locks.request(`${this.#env.name}-entries`, {}, work);
  }

  /**
   * Change entries.
   *
   * @param {string[]} ids
   * @param {Change} change called once for each id
   * @param {Options} [options]
   * @returns {Promise<(State | undefined)[]>} the new states, in the order of `ids`
   */
  update(ids, change, options) {
    return this.exclusively(() => this.updateLocked(ids, change, options));
  }

  /**
   * Change entries while the caller holds the lock.
   *
   * @param {string[]} ids
   * @param {Change} change
   * @param {Options} [options]
   */
  async updateLocked(ids, change, { source = "here", also = [], overUnreadable = false } = {}) {
    const [row, storedActor, ...sealed] = await this.#env.storage.read(requestsFor(ids));
    const secret = (await this.#keyring.secretOf(row)) ?? this.#env.randomBytes(SECRET_BYTES);
    const actor = storedActor ?? toBase64url(this.#env.randomBytes(8));
    const keys = /** @type {Keys} */ (await this.#keysOf(secret));
    const before = await Promise.all(
      ids.map((id, index) =>
        overUnreadable
          ? this.#tryOpen(keys, id, sealed[index])
          : this.#open(keys, id, sealed[index]),
      ),
    );
    const writer = writerOf(actor, this.#start);
    const after = ids.map((id, index) => change(before[index], writer, id) ?? before[index]);
    const changed = ids.flatMap((id, index) => {
      const state = after[index];
      return state && state !== before[index] ? [{ id, state }] : [];
    });
    const stored = await this.#seal(keys, changed);
    await this.#env.storage.write([
      ...firstUseChanges(row, secret, storedActor, actor),
      ...entryChanges(stored),
      ...also,
    ]);
    this.actor = actor;
    for (const { id, sealed, state } of stored) this.#cache.set(id, { sealed, state });
    if (changed.length) this.announce({ ids: changed.map(({ id }) => id), source });
    return after;
  }

  /**
   * Seal everything on this phone under another secret, in one transaction. The caller must hold the lock. Entries
   * that can't be read stay as they are.
   *
   * @param {Bytes} secret
   * @param {StorageChange[]} also stored in the same transaction
   */
  async replaceSecretLocked(secret, also) {
    const { KEY_PLACE, resealVoiceNoteKey } = await import("./voice-note-seal.js");
    const { states } = await this.all();
    // The lock may close at any moment.
    const oldKey = this.#keys?.dataKey;
    const keys = await deriveKeys(secret);
    const entries = [...states].map(([id, state]) => ({ id, state }));
    const stored = await this.#seal(keys, entries);
    const [before, voiceNoteKey] = await this.#env.storage.read([["keys", "secret"], KEY_PLACE]);
    await this.#env.storage.write([
      ["keys", "secret", await this.#keyring.rowFor(secret, before)],
      ...entryChanges(stored),
      ...(await resealVoiceNoteKey(oldKey, keys.dataKey, voiceNoteKey)),
      ...also,
    ]);
  }

  /** Delete the keys and the opened entries from memory, and remove all listeners. */
  forget() {
    this.#keys = undefined;
    this.#cache.clear();
    this.#listeners.clear();
  }

  /**
   * Call a listener after each change.
   *
   * @param {(changed: Changed) => void} listener
   * @returns {() => void} removes the listener
   */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Tell this tab and all other tabs about a change.
   *
   * @param {Changed} changed in this tab
   */
  announce({ ids, source }) {
    this.#env.channel.postMessage({
      type: "entries",
      ids,
      source: source === "here" ? "tab" : source,
    });
    this.tell({ ids, source });
  }

  /**
   * Tell only this tab about a change.
   *
   * @param {Changed} changed
   */
  tell(changed) {
    for (const listener of this.#listeners) listener(changed);
  }

  /**
   * Return the keys of a secret. Another tab may have restored a backup, so the secret may be another one than before.
   *
   * @param {Bytes | undefined} secret
   */
  async #keysOf(secret) {
    if (secret && !(this.#keys && sameBytes(this.#keys.secret, secret))) {
      this.#keys = await deriveKeys(secret);
      this.#cache.clear();
    }
    return secret && this.#keys;
  }

  /**
   * Open a sealed entry.
   *
   * @param {Keys | undefined} keys
   * @param {string} id
   * @param {Bytes | undefined} sealed
   */
  async #open(keys, id, sealed) {
    if (!sealed) return undefined;
    const cached = this.#cache.get(id);
    if (cached && sameBytes(ivOf(cached.sealed), ivOf(sealed))) return cached.state;
    if (!keys) throw new UnreadableError(id);
    const state = await openEntry(keys.dataKey, id, sealed);
    this.#cache.set(id, { sealed, state });
    return state;
  }

  /**
   * Open a sealed entry, or return undefined if it can't be read.
   *
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
const requestsFor = (ids) => [
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
 * Return the changes that the first use of this installation must store.
 *
 * @param {unknown} storedSecret
 * @param {Bytes} secret
 * @param {string | undefined} storedActor
 * @param {string} actor
 * @returns {StorageChange[]}
 */
function firstUseChanges(storedSecret, secret, storedActor, actor) {
  /** @type {StorageChange[]} */
  const changes = [];
  if (!storedSecret) changes.push(["keys", "secret", { secret }]);
  if (!storedActor) changes.push(["meta", "actor", actor]);
  return changes;
}

/**
 * Return the random IV that a sealed entry starts with. It is new whenever the entry is sealed.
 *
 * @param {Bytes} sealed
 */
const ivOf = (sealed) => sealed.subarray(0, IV_BYTES);
