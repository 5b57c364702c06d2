/**
 * Letters that a person spoke in their own voice. They are sealed on this phone and stored nowhere else. They are
 * neither entries nor records, so no backup can include them. Sound is stored piece by piece while it is recorded. If
 * the phone dies, everything said until then is still there.
 */

import { toBase64url } from "./base64.js";
import { Database } from "./database.js";
import { LetterMissingError, UnreadableError } from "./errors.js";
import * as sealing from "./voice-note-seal.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Change, Request, Storage } from "./database.js" */
/** @import { Vault } from "./entries.js" */
/** @import { Keys } from "./keys.js" */
/** @import { About } from "./voice-note-seal.js" */

/** @typedef {About & {id: string}} Letter */

const STORES = /** @type {import("./database.js").StoreName[]} */ (["letters", "pieces"]);

/** A letter id has as many random bytes as an entry id. */
const ID_BYTES = 16;

/**
 * Return the key of a piece in storage.
 *
 * @param {string} id
 * @param {number} number
 */
const pieceKey = (id, number) => `${id}/${number}`;

export class Letters {
  #vault;
  #storage;

  /**
   * @param {Vault} vault
   * @param {Storage} [storage] tests pass their own
   */
  constructor(vault, storage = new Database(`${vault.env.name}-letters`, undefined, STORES)) {
    this.#vault = vault;
    this.#storage = storage;
  }

  /**
   * List all letters, newest first.
   *
   * @returns {Promise<{kept: Letter[], unfinished: Letter[], unreadable: string[]}>} `unfinished`: cut off, or stopped
   *   and never kept, and no tab is working on them; `unreadable`: ids
   */
  async list() {
    const [rows] = await this.#storage.read([["letters"]]);
    const ids = /** @type {string[]} */ ([...rows.keys()]);
    if (!ids.length) return { kept: [], unfinished: [], unreadable: [] };
    const key = await unlessUnreadable(this.#key());
    const opened = await Promise.all(
      ids.map((id) => key && unlessUnreadable(openLetter(key, id, rows.get(id)))),
    );
    const letters = opened.filter((letter) => letter !== undefined);
    const newest = letters.sort((a, b) => b.created - a.created);
    const unfinished = newest.filter(({ state }) => state !== "kept");
    const areUnlocked = await Promise.all(unfinished.map(({ id }) => this.#isUnlocked(id)));
    return {
      kept: newest.filter(({ state }) => state === "kept"),
      unfinished: unfinished.filter((_, index) => areUnlocked[index]),
      unreadable: ids.filter((_, index) => !opened[index]),
    };
  }

  /**
   * Read a letter and its sound.
   *
   * @param {string} id
   * @returns {Promise<{letter: Letter, sound: Bytes[]}>} the pieces in their order
   * @throws {LetterMissingError | UnreadableError}
   */
  async read(id) {
    const key = await this.#key();
    const letter = await this.#get(key, id);
    const numbers = Array.from({ length: letter.pieces }, (_, number) => number);
    const sealed = await this.#storage.read(
      numbers.map((number) => /** @type {Request} */ (["pieces", pieceKey(id, number)])),
    );
    const sound = numbers.map((number) => sealing.openPiece(key, id, number, sealed[number]));
    return { letter, sound: await Promise.all(sound) };
  }

  /**
   * Begin a letter. This tab holds a lock on it until `release` is called.
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
    const releaseLock = await this.#lockLetter(id);
    try {
      await this.#storage.write([["letters", id, await sealing.sealAbout(key, id, about)]]);
    } catch (error) {
      releaseLock();
      throw error;
    }
    this.#vault.env.persist();
    return new Take(this.#storage, key, { id, ...about }, releaseLock);
  }

  /**
   * Change the name or the state of a letter.
   *
   * @param {string} id
   * @param {Partial<Pick<About, "name" | "state">>} change
   * @returns {Promise<Letter>}
   * @throws {LetterMissingError | UnreadableError}
   */
  async change(id, change) {
    const key = await this.#key();
    return this.#exclusively(async () => {
      const { id: _, ...about } = { ...(await this.#get(key, id)), ...change };
      await this.#storage.write([["letters", id, await sealing.sealAbout(key, id, about)]]);
      return { id, ...about };
    });
  }

  /**
   * Delete a letter for good: there is no other copy. This also deletes a letter that can't be read.
   *
   * @param {string} id
   */
  async remove(id) {
    const pieces = (await this.#pieceKeysOf(id)).map(
      (pieceKey) => /** @type {Change} */ (["pieces", pieceKey, undefined]),
    );
    await this.#storage.write([["letters", id, undefined], ...pieces]);
  }

  close() {
    this.#storage.close();
  }

  /**
   * Return the key of letters. If there is none, create it. The key isn't cached, so that a locked phone forgets it.
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
      const sealed = stored ?? (await sealing.newLetterKey(dataKey, env.randomBytes));
      if (!stored) await env.storage.write([[...sealing.KEY_PLACE, sealed]]);
      return sealing.openLetterKey(dataKey, sealed);
    });
  }

  /**
   * @param {CryptoKey} key
   * @param {string} id
   * @returns {Promise<Letter>}
   */
  async #get(key, id) {
    const [sealed] = await this.#storage.read([["letters", id]]);
    if (!sealed) throw new LetterMissingError(id);
    return openLetter(key, id, sealed);
  }

  /**
   * Return the storage keys of a letter's pieces. Load the whole sound only if the letter can't be read.
   *
   * @param {string} id
   * @returns {Promise<string[]>}
   */
  async #pieceKeysOf(id) {
    const letter = await unlessUnreadable(this.#key().then((key) => this.#get(key, id)));
    if (letter) return Array.from({ length: letter.pieces }, (_, number) => pieceKey(id, number));
    const [pieces] = await this.#storage.read([["pieces"]]);
    const keys = /** @type {string[]} */ ([...pieces.keys()]);
    return keys.filter((key) => key.startsWith(`${id}/`));
  }

  /**
   * Run `work` while no other tab changes a letter.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #exclusively(work) {
    const { locks, name } = this.#vault.env;
    return locks.request(`${name}-letters`, {}, work);
  }

  /**
   * Lock a letter for this tab. However the tab ends, the browser releases the lock. So a letter that was cut off can
   * be told from one that is still being recorded.
   *
   * @param {string} id
   * @returns {Promise<() => void>} releases the lock
   */
  #lockLetter(id) {
    const { locks, name } = this.#vault.env;
    return new Promise((resolve) => {
      const holdLock = () => new Promise((releaseLock) => resolve(() => releaseLock(undefined)));
      locks.request(`${name}-letter-${id}`, {}, holdLock);
    });
  }

  /**
   * Return whether no tab is working on a letter.
   *
   * @param {string} id
   * @returns {Promise<boolean>}
   */
  #isUnlocked(id) {
    const { locks, name } = this.#vault.env;
    const options = { ifAvailable: true };
    return locks.request(`${name}-letter-${id}`, options, (lock) => lock !== null);
  }
}

/** A letter that is being recorded. */
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
   * @param {Letter} letter
   * @param {() => void} releaseLock
   */
  constructor(storage, key, letter, releaseLock) {
    this.#storage = storage;
    this.#key = key;
    this.#releaseLock = releaseLock;
    this.letter = letter;
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
      const { id, pieces } = this.letter;
      const sealed = await sealing.sealPiece(this.#key, id, pieces, bytes);
      const changes = { ms, pieces: pieces + 1, bytes: this.letter.bytes + bytes.length };
      await this.#saveAbout(changes, [["pieces", pieceKey(id, pieces), sealed]]).catch((error) => {
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

  /** Release the lock on the letter. Either it has been kept, or the next visit finds it. */
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
   * Store changed facts about the letter.
   *
   * @param {Partial<About>} changes
   * @param {Change[]} also stored in the same transaction
   */
  async #saveAbout(changes, also) {
    const letter = { ...this.letter, ...changes };
    const { id, ...about } = letter;
    const sealed = await sealing.sealAbout(this.#key, id, about);
    await this.#storage.write([["letters", id, sealed], ...also]);
    this.letter = letter;
  }
}

/**
 * @param {CryptoKey} key
 * @param {string} id
 * @param {Bytes} sealed
 * @returns {Promise<Letter>}
 */
async function openLetter(key, id, sealed) {
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
