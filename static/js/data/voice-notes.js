/**
 * Voice notes: the user's own recordings of their compassionate letter. They are sealed on this phone and stored
 * nowhere else. They are neither entries nor records, so no backup can include them. Sound is stored piece by piece
 * while it is recorded. If the phone dies, everything said until then is still there.
 */

import { toBase64url } from "./base64.js";
import { Database } from "./database.js";
import { SKEW } from "./entry-view.js";
import { UnreadableError, VoiceNoteMissingError } from "./errors.js";
import * as sealing from "./voice-note-seal.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Change, Request, Storage } from "./database.js" */
/** @import { Vault } from "./entries.js" */
/** @import { Keys } from "./keys.js" */
/** @import { About } from "./voice-note-seal.js" */

/** @typedef {About & {id: string}} VoiceNote */

// The names of the stores: for the facts and for the sound. Phones have these stores, so the names must not change.
const FACTS = "letters";
const PIECES = "pieces";
const STORES = /** @type {import("./database.js").StoreName[]} */ ([FACTS, PIECES]);

/**
 * Return the name of the database and of the lock on changes. Phones have this database, so the name must not change.
 *
 * @param {Vault} vault
 */
const databaseName = ({ env }) => `${env.name}-letters`;

/**
 * Return the name of the lock on one voice note. Tabs with an earlier version of this script also use this name.
 *
 * @param {Vault} vault
 * @param {string} id
 */
const lockName = ({ env }, id) => `${env.name}-letter-${id}`;

/** A voice note's id has as many random bytes as an entry id. */
const ID_BYTES = 16;

/**
 * Return the key of a piece in storage.
 *
 * @param {string} id
 * @param {number} number
 */
const pieceKey = (id, number) => `${id}/${number}`;

export class VoiceNotes {
  #vault;
  #storage;

  /**
   * @param {Vault} vault
   * @param {Storage} [storage] tests pass their own
   */
  constructor(vault, storage) {
    const { makeRoom } = vault.env;
    this.#vault = vault;
    this.#storage = storage ?? new Database(databaseName(vault), undefined, STORES, makeRoom);
  }

  /**
   * List all voice notes, newest first. When one was made is unknown if it says that it is from the future: such ones
   * come last.
   *
   * @returns {Promise<{kept: VoiceNote[], unfinished: VoiceNote[], unreadable: string[]}>} `unfinished`: cut off, or
   *   stopped and never kept, and no tab is working on them; `unreadable`: ids
   */
  async list() {
    const [rows] = await this.#storage.read([[FACTS]]);
    const ids = /** @type {string[]} */ ([...rows.keys()]);
    if (!ids.length) return { kept: [], unfinished: [], unreadable: [] };
    const key = await unlessUnreadable(this.#key());
    const opened = await Promise.all(
      ids.map((id) => key && unlessUnreadable(openVoiceNote(key, id, rows.get(id)))),
    );
    const voiceNotes = opened.filter((voiceNote) => voiceNote !== undefined);
    const latest = this.#vault.env.now() + SKEW;
    const isUnknown = (/** @type {VoiceNote} */ { created }) => Number(created > latest);
    const newest = voiceNotes.sort((a, b) => isUnknown(a) - isUnknown(b) || b.created - a.created);
    const unfinished = newest.filter(({ state }) => state !== "kept");
    const areUnlocked = await Promise.all(unfinished.map(({ id }) => this.#isUnlocked(id)));
    return {
      kept: newest.filter(({ state }) => state === "kept"),
      unfinished: unfinished.filter((_, index) => areUnlocked[index]),
      unreadable: ids.filter((_, index) => !opened[index]),
    };
  }

  /**
   * Read a voice note and its sound.
   *
   * @param {string} id
   * @returns {Promise<{voiceNote: VoiceNote, sound: Bytes[]}>} the pieces in their order
   * @throws {VoiceNoteMissingError | UnreadableError}
   */
  async read(id) {
    const key = await this.#key();
    const voiceNote = await this.#get(key, id);
    const numbers = Array.from({ length: voiceNote.pieces }, (_, number) => number);
    const sealed = await this.#storage.read(
      numbers.map((number) => /** @type {Request} */ ([PIECES, pieceKey(id, number)])),
    );
    const sound = numbers.map((number) => sealing.openPiece(key, id, number, sealed[number]));
    return { voiceNote, sound: await Promise.all(sound) };
  }

  /**
   * Begin a voice note. This tab holds a lock on it until `release` is called.
   *
   * @param {string} type MIME type of the sound
   * @returns {Promise<Take>}
   */
  async begin(type) {
    const id = toBase64url(this.#vault.env.randomBytes(ID_BYTES));
    const created = this.#vault.env.now();
    const key = await this.#key();
    /** @type {About} */
    const about = { name: "", created, ms: 0, type, pieces: 0, bytes: 0, state: "recording" };
    const releaseLock = await this.#lock(id);
    try {
      await this.#storage.write([[FACTS, id, await sealing.sealAbout(key, id, about)]]);
    } catch (error) {
      releaseLock();
      throw error;
    }
    this.#vault.env.persist();
    return new Take(this.#storage, key, { id, ...about }, releaseLock);
  }

  /**
   * Change the name or the state of a voice note.
   *
   * @param {string} id
   * @param {Partial<Pick<About, "name" | "state">>} change
   * @returns {Promise<VoiceNote>}
   * @throws {VoiceNoteMissingError | UnreadableError}
   */
  async change(id, change) {
    const key = await this.#key();
    return this.#exclusively(async () => {
      const { id: _, ...about } = { ...(await this.#get(key, id)), ...change };
      await this.#storage.write([[FACTS, id, await sealing.sealAbout(key, id, about)]]);
      return { id, ...about };
    });
  }

  /**
   * Delete a voice note for good: there is no other copy. This also deletes a voice note that can't be read.
   *
   * @param {string} id
   */
  async remove(id) {
    const pieces = (await this.#pieceKeysOf(id)).map(
      (pieceKey) => /** @type {Change} */ ([PIECES, pieceKey, undefined]),
    );
    await this.#storage.write([[FACTS, id, undefined], ...pieces]);
  }

  close() {
    this.#storage.close();
  }

  /**
   * Return the key of voice notes. If there is none, create it. The key isn't cached, so that a locked phone forgets
   * it.
   *
   * @returns {Promise<CryptoKey>}
   * @throws {UnreadableError}
   */
  async #key() {
    const { env, store } = this.#vault;
    if (!(await store.keys())) await store.ensureKeys();
    return store.exclusively(async () => {
      const { dataKey } = /** @type {Keys} */ (await store.keys());
      const [stored] = await env.storage.read([sealing.KEY_PLACE]);
      const sealed = stored ?? (await sealing.newVoiceNoteKey(dataKey, env.randomBytes));
      if (!stored) await env.storage.write([[...sealing.KEY_PLACE, sealed]]);
      return sealing.openVoiceNoteKey(dataKey, sealed);
    });
  }

  /**
   * @param {CryptoKey} key
   * @param {string} id
   * @returns {Promise<VoiceNote>}
   */
  async #get(key, id) {
    const [sealed] = await this.#storage.read([[FACTS, id]]);
    if (!sealed) throw new VoiceNoteMissingError(id);
    return openVoiceNote(key, id, sealed);
  }

  /**
   * Return the storage keys of a voice note's pieces. Load the whole sound only if the voice note can't be read.
   *
   * @param {string} id
   * @returns {Promise<string[]>}
   */
  async #pieceKeysOf(id) {
    const voiceNote = await unlessUnreadable(this.#key().then((key) => this.#get(key, id)));
    if (voiceNote)
      return Array.from({ length: voiceNote.pieces }, (_, number) => pieceKey(id, number));
    const [pieces] = await this.#storage.read([[PIECES]]);
    const keys = /** @type {string[]} */ ([...pieces.keys()]);
    return keys.filter((key) => key.startsWith(`${id}/`));
  }

  /**
   * Run `work` while no other tab changes a voice note.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #exclusively(work) {
    return this.#vault.env.locks.request(databaseName(this.#vault), {}, work);
  }

  /**
   * Lock a voice note for this tab. The browser releases the lock when the tab ends in any way. So this module can tell
   * a voice note that was cut off from one that is still being recorded.
   *
   * @param {string} id
   * @returns {Promise<() => void>} releases the lock
   */
  #lock(id) {
    return new Promise((resolve) => {
      const holdLock = () => new Promise((releaseLock) => resolve(() => releaseLock(undefined)));
      this.#vault.env.locks.request(lockName(this.#vault, id), {}, holdLock);
    });
  }

  /**
   * Return whether no tab is working on a voice note.
   *
   * @param {string} id
   * @returns {Promise<boolean>}
   */
  #isUnlocked(id) {
    const options = { ifAvailable: true };
    const name = lockName(this.#vault, id);
    return this.#vault.env.locks.request(name, options, (lock) => lock !== null);
  }
}

/** A voice note that is being recorded. */
export class Take {
  #storage;
  #key;
  #releaseLock;
  /** @type {unknown} the error by which a piece was lost: later pieces would not fit the stored ones */
  #problem;
  /** @type {Promise<unknown>} ends with the last step; pieces are stored one after the other */
  #lastStep = Promise.resolve();

  /**
   * @param {Storage} storage
   * @param {CryptoKey} key
   * @param {VoiceNote} voiceNote
   * @param {() => void} releaseLock
   */
  constructor(storage, key, voiceNote, releaseLock) {
    this.#storage = storage;
    this.#key = key;
    this.#releaseLock = releaseLock;
    this.voiceNote = voiceNote;
  }

  /**
   * Store the next piece of sound. After a failure, neither this piece nor any later one is stored; earlier pieces
   * stay.
   *
   * @param {Blob} sound
   * @param {number} ms length of the whole recording so far
   * @returns {Promise<void>}
   * @throws {StorageFullError | StorageLostError}
   */
  add(sound, ms) {
    return this.#enqueue(async () => {
      if (this.#problem) throw this.#problem;
      const bytes = new Uint8Array(await sound.arrayBuffer());
      const { id, pieces } = this.voiceNote;
      const sealed = await sealing.sealPiece(this.#key, id, pieces, bytes);
      const changes = { ms, pieces: pieces + 1, bytes: this.voiceNote.bytes + bytes.length };
      await this.#saveAbout(changes, [[PIECES, pieceKey(id, pieces), sealed]]).catch((error) => {
        this.#problem = error;
        throw error;
      });
    });
  }

  /**
   * End the recording.
   *
   * @param {number} ms length of the whole recording
   */
  stop(ms) {
    return this.#enqueue(() => this.#saveAbout({ ms, state: "stopped" }, []));
  }

  /** Release the lock on the voice note. Either it has been kept, or the next visit finds it. */
  release() {
    this.#releaseLock();
  }

  /**
   * Run a step after all earlier steps.
   *
   * @param {() => Promise<void>} step
   * @returns {Promise<void>}
   */
  #enqueue(step) {
    const done = this.#lastStep.then(step);
    this.#lastStep = done.catch(() => {});
    return done;
  }

  /**
   * Store changed facts about the voice note.
   *
   * @param {Partial<About>} changes
   * @param {Change[]} also stored in the same transaction
   */
  async #saveAbout(changes, also) {
    const voiceNote = { ...this.voiceNote, ...changes };
    const { id, ...about } = voiceNote;
    const sealed = await sealing.sealAbout(this.#key, id, about);
    await this.#storage.write([[FACTS, id, sealed], ...also]);
    this.voiceNote = voiceNote;
  }
}

/**
 * @param {CryptoKey} key
 * @param {string} id
 * @param {Bytes} sealed
 * @returns {Promise<VoiceNote>}
 */
async function openVoiceNote(key, id, sealed) {
  return { id, ...(await sealing.openAbout(key, id, sealed)) };
}

/**
 * Wait for a promise, and return undefined if it fails with an UnreadableError.
 *
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T | undefined>}
 */
function unlessUnreadable(promise) {
  return promise.catch((error) => {
    if (error instanceof UnreadableError) return undefined;
    throw error;
  });
}
