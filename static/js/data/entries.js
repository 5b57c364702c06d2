/**
 * The vault: list, read, write and delete what a person wrote. The interface uses this module. Everything is sealed on
 * this phone. If two versions of a field didn't know of each other, both are kept. Nothing here needs a network or a
 * backup.
 */

import { toBase64url } from "./base64.js";
import { newState, writeFields } from "./entry.js";
import { EntryStore } from "./entry-store.js";
import { isNews, isShown, same, summaries, viewEntry } from "./entry-view.js";
import { createEnvironment } from "./environment.js";
import { EntryDeletedError, EntryMissingError, LockedError } from "./errors.js";
import { Removals } from "./removals.js";

/** @import { State, Version } from "./entry.js" */
/** @import { Changed } from "./entry-store.js" */
/** @import { Entry, Summary } from "./entry-view.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Keyring } from "./keyring.js" */

/** @typedef {{id: string, until: number}} Undo `until`: when it becomes too late for `undo`, in ms since 1970 */

/**
 * How long a removal can be undone, in ms. Long enough to notice a slip with a screen reader, short enough that
 * deleted words are soon gone.
 */
const UNDO_WINDOW = 20_000;

/**
 * Open the vault. Every call may throw StorageLostError, and every call that writes may throw StorageFullError. In
 * both cases, what is on the screen isn't saved. While a lock is closed (data/lock.js), every call throws LockedError.
 *
 * @param {Partial<Environment> & Partial<Own>} [options] tests pass their own environment
 * @returns {Promise<Vault>}
 */
export async function openVault({ undoWindow = UNDO_WINDOW, keyring, unlock, ...overrides } = {}) {
  const vault = new Vault(createEnvironment(overrides), undoWindow, keyring);
  if (!(await vault.isLocked())) await vault.settle();
  else if (unlock) {
    await unlock();
    await vault.settle();
  }
  return vault;
}

/**
 * @typedef {object} Own
 * @property {number} undoWindow in ms
 * @property {Keyring} keyring of this tab
 * @property {() => Promise<void>} unlock resolves when a closed lock has been opened
 */

export class Vault {
  #removals;
  /** @type {Map<string, State>} entries that were created but never written, by id */
  #drafts = new Map();
  /** @type {Map<string, Set<string>>} versions that this tab has read or written, by entry id */
  #shown = new Map();
  #hasAskedToPersist = false;
  #removeWakeListener;

  /**
   * @param {Environment} env
   * @param {number} undoWindow in ms
   * @param {Keyring} [keyring]
   */
  constructor(env, undoWindow, keyring) {
    /** Sync and backup use this; the interface doesn't. */
    this.env = env;
    this.store = new EntryStore(env, keyring);
    this.#removals = new Removals(env, this.store, undoWindow);
    this.#removeWakeListener = env.onWake((reason) => {
      // A page from the back-forward cache has missed the messages of other tabs.
      if (reason === "pageshow") this.store.tell({ ids: null, source: "tab" });
    });
    env.channel.addEventListener("message", ({ data }) => {
      // The tab that hid the entry may be closed before it deletes the entry.
      if (data.type === "removal") this.settle().catch(() => {});
    });
  }

  /**
   * Return whether a PIN must be typed first.
   *
   * @returns {Promise<boolean>}
   */
  async isLocked() {
    try {
      await this.store.keys();
      return false;
    } catch (error) {
      if (error instanceof LockedError) return true;
      throw error;
    }
  }

  /** Delete the removed entries whose undo window has passed, including those of earlier visits. */
  settle() {
    return this.#removals.settle();
  }

  /**
   * List all entries except deleted ones, last changed first.
   *
   * @returns {Promise<{entries: Summary[], unreadable: string[]}>} `unreadable`: ids of entries that can't be read
   */
  async list() {
    // Read the removals first. Otherwise an entry that is deleted for good meanwhile would appear for a moment.
    const hidden = await this.#removals.hidden();
    const { states, unreadable } = await this.store.all();
    const entries = summaries(states, hidden, this.env.now());
    return { entries, unreadable: unreadable.filter((id) => !hidden.has(id)) };
  }

  /**
   * List some entries. This is faster than listing all.
   *
   * @param {string[]} ids missing entries are left out
   * @returns {Promise<Summary[]>} last changed first
   */
  async peek(ids) {
    const hidden = await this.#removals.hidden();
    return summaries(await this.store.some(ids), hidden, this.env.now());
  }

  /**
   * Read an entry. Its versions then count as known to this tab, see `write`.
   *
   * @param {string} id
   * @returns {Promise<Entry>}
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError}
   */
  async read(id) {
    const hidden = await this.#removals.has(id);
    const state = (await this.store.get(id)) ?? this.#drafts.get(id);
    if (!state) throw new EntryMissingError(id);
    if (hidden || state.deleted) throw new EntryDeletedError(id);
    for (const versions of Object.values(state.fields)) this.#markShown(id, versions);
    return this.#view(id, state);
  }

  /**
   * Create an entry. Nothing is stored before the first write.
   *
   * @param {{kind: string, worksheet?: string, revision?: number, locale?: string}} about
   * @returns {Entry}
   */
  create(about) {
    const id = toBase64url(this.env.randomBytes(16));
    const state = newState(about, this.env.now());
    this.#drafts.set(id, state);
    return this.#view(id, state);
  }

  /**
   * Store values in an entry. When the promise resolves, they survive a power cut.
   *
   * Stored versions that the writer didn't know of are kept beside the new ones. If a field is in `base`, the writer
   * knew only the version that equals `base[field]`. Otherwise the writer knew every version that this tab has read or
   * written.
   *
   * @param {string} id
   * @param {Record<string, any>} values JSON values by field
   * @param {Record<string, any>} [base] what the form held when its fields last matched storage; null for a field that
   *   was empty
   * @returns {Promise<Entry>} as it is stored now
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError}
   */
  write(id, values, base = {}) {
    return this.#write(id, values, (name, version) =>
      Object.hasOwn(base, name) ? same(version.value, base[name]) : this.#wasShown(id, version),
    );
  }

  /**
   * Resolve a conflict. The field takes this value, which is one of the versions or a combination of them.
   *
   * @param {string} id
   * @param {string} name of the field
   * @param {any} value
   * @param {any[]} [shown] values that the reader chose from; a version that has arrived since then stays. Without it,
   *   all versions that this tab has read or written.
   * @returns {Promise<Entry>}
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError}
   */
  choose(id, name, value, shown) {
    return this.#write(id, { [name]: value }, (_, version) =>
      shown
        ? shown.some((shownValue) => same(shownValue, version.value))
        : this.#wasShown(id, version),
    );
  }

  /**
   * Hide an entry at once. Delete it when the undo window has passed, or at the next start.
   *
   * @param {string} id
   * @returns {Promise<Undo>}
   * @throws {EntryMissingError}
   */
  async remove(id) {
    if (this.#drafts.delete(id)) return { id, until: this.env.now() };
    const [sealed] = await this.env.storage.read([["entries", id]]);
    if (!sealed) throw new EntryMissingError(id);
    return { id, until: await this.#removals.add(id) };
  }

  /**
   * Undo a removal.
   *
   * @param {Undo} undo
   * @returns {Promise<boolean>} whether the entry is back
   */
  undo({ id }) {
    return this.#removals.undo(id);
  }

  /**
   * Copy an entry.
   *
   * @param {string} id
   * @returns {Promise<Entry>} a new entry with the same content, including all versions of a field
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError}
   */
  async duplicate(id) {
    const original = await this.read(id);
    const copyId = toBase64url(this.env.randomBytes(16));
    const depth = Math.max(0, ...Object.values(original.fields).map((versions) => versions.length));
    const [copy] = await this.store.update([copyId], (_, writer) => {
      let state = newState(original, this.env.now());
      // Write the oldest versions first, so that the newest stay the newest.
      for (let index = depth - 1; index >= 0; index -= 1) {
        const layer = Object.entries(original.fields).filter(([, versions]) => versions[index]);
        const values = layer.map(([name, versions]) => [name, versions[index]?.value]);
        state = writeFields(state, Object.fromEntries(values), writer, this.env.now(), () => false);
      }
      return state;
    });
    this.#markShown(copyId, Object.values(copy?.fields ?? {}).flat());
    return this.#view(copyId, /** @type {State} */ (copy));
  }

  /**
   * Return all entries except deleted ones, unsealed, for the reader to save as a file.
   *
   * @returns {Promise<object>}
   */
  async exportAll() {
    const hidden = await this.#removals.hidden();
    const { states, unreadable } = await this.store.all();
    const entries = [...states]
      .filter(isShown(hidden))
      .map(([id, state]) => ({ id, ...structuredClone(state) }))
      .sort((a, b) => (a.created < b.created ? -1 : 1));
    const exported = new Date(this.env.now()).toISOString();
    return { format: "hearth-export", version: 1, exported, entries, unreadable };
  }

  /**
   * Call a listener after each change in this tab, in another tab or by sync.
   *
   * @param {(changed: Changed) => void} listener
   * @returns {() => void} removes the listener
   */
  onChange(listener) {
    return this.store.onChange(listener);
  }

  /** Close the channel and the database, and stop the timer. */
  close() {
    this.#removeWakeListener();
    this.#removals.stop();
    this.env.channel.close();
    this.env.storage.close();
  }

  /** Close the vault, and delete from memory everything that was read. */
  forget() {
    this.close();
    this.store.forget();
    this.#drafts.clear();
    this.#shown.clear();
  }

  /**
   * Store values, and keep the versions that the writer didn't know of.
   *
   * @param {string} id
   * @param {Record<string, any>} values
   * @param {(name: string, version: Version) => boolean} isKnown
   */
  async #write(id, values, isKnown) {
    // Copy the values, because the form may change its lists later.
    const copies = Object.entries(values).map(([name, value]) => [name, asJson(value)]);
    /** @type {Version | undefined} */
    let written;
    const [stored] = await this.store.exclusively(async () => {
      if (await this.#removals.has(id)) throw new EntryDeletedError(id);
      return this.store.updateLocked([id], (stored, writer) => {
        const before = stored ?? this.#drafts.get(id);
        if (!before) throw new EntryMissingError(id);
        if (before.deleted) throw new EntryDeletedError(id);
        const changed = copies.filter(([name, value]) =>
          isNews(versionsOf(before, name), value, (version) => isKnown(name, version)),
        );
        if (!changed.length) return stored;
        const after = writeFields(
          before,
          Object.fromEntries(changed),
          writer,
          this.env.now(),
          isKnown,
        );
        written = { value: null, actor: writer, counter: after.seen[writer] ?? 0 };
        return after;
      });
    });
    if (written) {
      this.#drafts.delete(id);
      this.#markShown(id, [written]);
      this.#askToPersist();
    }
    return this.#view(id, stored ?? /** @type {State} */ (this.#drafts.get(id)));
  }

  /** Ask the browser, once a visit, not to evict what is stored. */
  #askToPersist() {
    if (this.#hasAskedToPersist) return;
    this.#hasAskedToPersist = true;
    this.env.persist();
  }

  /**
   * Remember that this tab has read or written these versions.
   *
   * @param {string} id
   * @param {Version[]} versions
   */
  #markShown(id, versions) {
    const shown = this.#shown.get(id) ?? new Set();
    for (const version of versions) shown.add(versionKey(version));
    this.#shown.set(id, shown);
  }

  /**
   * Return whether this tab has read or written a version.
   *
   * @param {string} id
   * @param {Version} version
   */
  #wasShown(id, version) {
    return this.#shown.get(id)?.has(versionKey(version)) ?? false;
  }

  /**
   * @param {string} id
   * @param {State} state
   */
  #view(id, state) {
    return viewEntry(id, state, this.env.now(), this.store.actor);
  }
}

/**
 * @param {State} state
 * @param {string} name
 */
const versionsOf = ({ fields }, name) => (Object.hasOwn(fields, name) ? (fields[name] ?? []) : []);

/** @param {Version} version */
const versionKey = ({ actor, counter }) => `${actor} ${counter}`;

/**
 * Return a copy of a JSON value.
 *
 * @param {any} value
 * @throws {TypeError} if the value isn't JSON
 */
function asJson(value) {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError("A field's value must be JSON");
  return JSON.parse(text);
}
