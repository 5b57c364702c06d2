/**
 * What a person wrote, for the interface: list, read, write, delete. Everything is sealed on this phone; two versions
 * that did not know of each other are both kept. Nothing here needs a network or a backup.
 */

import { toBase64url } from "./base64.js";
import { newState, writeFields } from "./entry.js";
import { EntryStore } from "./entry-store.js";
import { isNews, same, summarise, viewEntry } from "./entry-view.js";
import { createEnvironment } from "./environment.js";
import { EntryDeletedError, EntryMissingError, LockedError } from "./errors.js";
import { Removals } from "./removals.js";

/** @import { State, Version } from "./entry.js" */
/** @import { Changed } from "./entry-store.js" */
/** @import { Entry, Summary } from "./entry-view.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Keyring } from "./keyring.js" */

/** @typedef {{id: string, until: number}} Undo until when `undo` brings the entry back, ms */

/** Long enough to notice a slip with a screen reader; short enough that deleted words are soon gone. */
const UNDO_WINDOW = 20_000;

/**
 * Every call may throw StorageLostError or, when it writes, StorageFullError: then what is on the screen is not saved.
 * While a lock is closed (data/lock.js), every call throws LockedError.
 *
 * @param {Partial<Environment> & Partial<Own>} [options] tests bring their own surroundings
 * @returns {Promise<Vault>}
 */
export async function openVault({ undoWindow = UNDO_WINDOW, keyring, unlock, ...own } = {}) {
  const vault = new Vault(createEnvironment(own), undoWindow, keyring);
  if (!(await vault.isLocked())) await vault.settle();
  else if (unlock) {
    await unlock();
    await vault.settle();
  }
  return vault;
}

/**
 * @typedef {object} Own
 * @property {number} undoWindow ms
 * @property {Keyring} keyring of this tab
 * @property {() => Promise<void>} unlock comes back when a closed lock is open
 */

export class Vault {
  #removals;
  /** @type {Map<string, State>} made but never written to */
  #drafts = new Map();
  /** @type {Map<string, Set<string>>} versions that this tab was shown or wrote itself, by entry */
  #shown = new Map();
  #kept = false;
  #forget;

  /**
   * @param {Environment} env
   * @param {number} undoWindow ms
   * @param {Keyring} [keyring]
   */
  constructor(env, undoWindow, keyring) {
    /** For sync and backup, not for the interface. */
    this.env = env;
    this.store = new EntryStore(env, keyring);
    this.#removals = new Removals(env, this.store, undoWindow);
    this.#forget = env.onWake((why) => {
      // A page out of the back-forward cache has missed what other tabs said.
      if (why === "pageshow") this.store.tell({ ids: null, source: "tab" });
    });
    env.channel.addEventListener("message", ({ data }) => {
      // The tab that hides an entry may be closed before it deletes it.
      if (data.type === "removal") this.settle().catch(() => {});
    });
  }

  /** @returns {Promise<boolean>} whether a PIN has to be typed first */
  async isLocked() {
    try {
      await this.store.keys();
      return false;
    } catch (error) {
      if (error instanceof LockedError) return true;
      throw error;
    }
  }

  /** Deletes what was removed in an earlier visit. */
  settle() {
    return this.#removals.settle();
  }

  /** @returns {Promise<{entries: Summary[], unreadable: string[]}>} last changed first, without deleted ones */
  async list() {
    // In this order: an entry that is deleted for good meanwhile must not appear for a moment.
    const hidden = await this.#removals.hidden();
    const { states, unreadable } = await this.store.all();
    const entries = summaries(states, hidden);
    return { entries, unreadable: unreadable.filter((id) => !hidden.has(id)) };
  }

  /**
   * Some of the list, sooner than all of it.
   *
   * @param {string[]} ids those that aren't there any more are left out
   * @returns {Promise<Summary[]>} last changed first
   */
  async peek(ids) {
    const hidden = await this.#removals.hidden();
    return summaries(await this.store.some(ids), hidden);
  }

  /**
   * @param {string} id
   * @returns {Promise<Entry>}
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError}
   */
  async read(id) {
    const hidden = await this.#removals.has(id);
    const state = (await this.store.get(id)) ?? this.#drafts.get(id);
    if (!state) throw new EntryMissingError(id);
    if (hidden || state.deleted) throw new EntryDeletedError(id);
    for (const versions of Object.values(state.fields)) this.#showed(id, versions);
    return this.#view(id, state);
  }

  /**
   * Nothing is stored before the first write.
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
   * Stores values; when the promise is fulfilled they survive a power cut. Stored versions that the writer didn't know
   * of are kept beside the new ones. Which those are: with a field in `base`, every version but the one equal to
   * `base[field]`; otherwise every version that this tab has neither read nor written.
   *
   * @param {string} id
   * @param {Record<string, any>} values JSON values by field
   * @param {Record<string, any>} [base] what the form held when its fields were last in step with storage; null for a
   *   field that was empty
   * @returns {Promise<Entry>} as it is stored now
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError}
   */
  write(id, values, base = {}) {
    return this.#write(id, values, (name, version) =>
      Object.hasOwn(base, name) ? same(version.value, base[name]) : this.#wasShown(id, version),
    );
  }

  /**
   * Ends a conflict: the field takes this value, one of the versions or both put together.
   *
   * @param {string} id
   * @param {string} name of the field
   * @param {any} value
   * @param {any[]} [shown] values that the reader chose from; another that arrived since stays. Without it, all
   *   versions that this tab has read.
   * @returns {Promise<Entry>}
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError}
   */
  choose(id, name, value, shown) {
    return this.#write(id, { [name]: value }, (_, version) =>
      shown ? shown.some((one) => same(one, version.value)) : this.#wasShown(id, version),
    );
  }

  /**
   * Hides the entry at once and deletes it when the time for undoing has passed, or at the next start.
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
   * @param {Undo} undo
   * @returns {Promise<boolean>} whether the entry is back
   */
  undo({ id }) {
    return this.#removals.undo(id);
  }

  /**
   * @param {string} id
   * @returns {Promise<Entry>} a new entry with the same content, two versions of a field included
   * @throws {EntryMissingError | EntryDeletedError | UnreadableError}
   */
  async duplicate(id) {
    const original = await this.read(id);
    const copyId = toBase64url(this.env.randomBytes(16));
    const depth = Math.max(0, ...Object.values(original.fields).map((versions) => versions.length));
    const [copy] = await this.store.update([copyId], (_, actor) => {
      let state = newState(original, this.env.now());
      // Oldest first, so that the newest stays the newest.
      for (let at = depth - 1; at >= 0; at -= 1) {
        const layer = Object.entries(original.fields).filter(([, versions]) => versions[at]);
        const values = layer.map(([name, versions]) => [name, versions[at]?.value]);
        state = writeFields(state, Object.fromEntries(values), actor, this.env.now(), () => false);
      }
      return state;
    });
    this.#showed(copyId, Object.values(copy?.fields ?? {}).flat());
    return this.#view(copyId, /** @type {State} */ (copy));
  }

  /** @returns {Promise<object>} everything that isn't deleted, in plain words, to be kept by the reader as a file */
  async exportAll() {
    const hidden = await this.#removals.hidden();
    const { states, unreadable } = await this.store.all();
    const entries = [...states]
      .filter(([id, state]) => !state.deleted && !hidden.has(id))
      .map(([id, state]) => ({ id, ...structuredClone(state) }))
      .sort((a, b) => (a.created < b.created ? -1 : 1));
    const exported = new Date(this.env.now()).toISOString();
    return { format: "hearth-export", version: 1, exported, entries, unreadable };
  }

  /**
   * @param {(changed: Changed) => void} listener called after a change here, in another tab or by sync
   * @returns {() => void} stops it
   */
  onChange(listener) {
    return this.store.onChange(listener);
  }

  /** Lets go of the channel, the timer and the database. */
  close() {
    this.#forget();
    this.#removals.stop();
    this.env.channel.close();
    this.env.storage.close();
  }

  /** The same, and nothing that was read stays in memory. */
  forget() {
    this.close();
    this.store.forget();
    this.#drafts.clear();
    this.#shown.clear();
  }

  /**
   * @param {string} id
   * @param {Record<string, any>} values
   * @param {(name: string, version: Version) => boolean} known
   */
  async #write(id, values, known) {
    // Copied, because the form may go on changing its lists.
    const copies = Object.entries(values).map(([name, value]) => [name, asJson(value)]);
    /** @type {Version | undefined} */
    let written;
    const [stored] = await this.store.exclusively(async () => {
      if (await this.#removals.has(id)) throw new EntryDeletedError(id);
      return this.store.updateLocked([id], (stored, actor) => {
        const before = stored ?? this.#drafts.get(id);
        if (!before) throw new EntryMissingError(id);
        if (before.deleted) throw new EntryDeletedError(id);
        const news = copies.filter(([name, value]) =>
          isNews(versionsOf(before, name), value, (version) => known(name, version)),
        );
        if (!news.length) return stored;
        const after = writeFields(before, Object.fromEntries(news), actor, this.env.now(), known);
        written = { value: null, actor, counter: after.seen[actor] ?? 0 };
        return after;
      });
    });
    if (written) {
      this.#drafts.delete(id);
      this.#showed(id, [written]);
      this.#keep();
    }
    return this.#view(id, stored ?? /** @type {State} */ (this.#drafts.get(id)));
  }

  /** Asks the browser once a visit not to throw away what is stored. */
  #keep() {
    if (this.#kept) return;
    this.#kept = true;
    this.env.persist();
  }

  /**
   * @param {string} id
   * @param {Version[]} versions
   */
  #showed(id, versions) {
    const shown = this.#shown.get(id) ?? new Set();
    for (const version of versions) shown.add(nameOf(version));
    this.#shown.set(id, shown);
  }

  /**
   * @param {string} id
   * @param {Version} version
   */
  #wasShown(id, version) {
    return this.#shown.get(id)?.has(nameOf(version)) ?? false;
  }

  /**
   * @param {string} id
   * @param {State} state
   */
  #view(id, state) {
    return viewEntry(id, state, this.store.actor);
  }
}

/**
 * @param {Map<string, State>} states
 * @param {ReadonlyMap<string, unknown>} hidden by id
 */
const summaries = (states, hidden) =>
  [...states]
    .filter(([id, state]) => !state.deleted && !hidden.has(id))
    .map(([id, state]) => summarise(id, state))
    .sort((a, b) => b.changed - a.changed || (a.id < b.id ? -1 : 1));

/**
 * @param {State} state
 * @param {string} name
 */
const versionsOf = ({ fields }, name) => (Object.hasOwn(fields, name) ? (fields[name] ?? []) : []);

/** @param {Version} version */
const nameOf = ({ actor, counter }) => `${actor} ${counter}`;

/**
 * @param {any} value
 * @throws {TypeError} if the value is no JSON
 */
function asJson(value) {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError("A field's value must be JSON");
  return JSON.parse(text);
}
