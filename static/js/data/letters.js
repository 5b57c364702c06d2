/**
 * Letters that a person spoke in their own voice: sealed on this phone, and nowhere else. They are no entries and no
 * records, so that no backup can take them. Sound is stored piece by piece as it comes: a phone that dies keeps what was
 * said until then.
 */

import { toBase64url } from "./base64.js";
import { Database } from "./database.js";
import { LetterMissingError, UnreadableError } from "./errors.js";
import * as sealing from "./letter-seal.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Change, Request, Storage } from "./database.js" */
/** @import { Vault } from "./entries.js" */
/** @import { Keys } from "./keys.js" */
/** @import { About } from "./letter-seal.js" */

/** @typedef {About & {id: string}} Letter */

const STORES = /** @type {import("./database.js").StoreName[]} */ (["letters", "pieces"]);

/** As entries have them: 16 random bytes. */
const ID_BYTES = 16;

/** @param {string} id @param {number} number */
const placeOf = (id, number) => `${id}/${number}`;

export class Letters {
  #vault;
  #storage;

  /**
   * @param {Vault} vault
   * @param {Storage} [storage] tests bring their own
   */
  constructor(vault, storage = new Database(`${vault.env.name}-letters`, undefined, STORES)) {
    this.#vault = vault;
    this.#storage = storage;
  }

  /**
   * @returns {Promise<{kept: Letter[], unfinished: Letter[], unreadable: string[]}>} newest first; unfinished ones were
   *   cut off, or stopped and never kept, and no tab is at work on them
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
    const open = newest.filter(({ state }) => state !== "kept");
    const alone = await Promise.all(open.map(({ id }) => this.#isAlone(id)));
    return {
      kept: newest.filter(({ state }) => state === "kept"),
      unfinished: open.filter((_, index) => alone[index]),
      unreadable: ids.filter((_, index) => !opened[index]),
    };
  }

  /**
   * @param {string} id
   * @returns {Promise<{letter: Letter, sound: Bytes[]}>} the pieces in their order
   * @throws {LetterMissingError | UnreadableError}
   */
  async read(id) {
    const key = await this.#key();
    const letter = await this.#get(key, id);
    const numbers = Array.from({ length: letter.pieces }, (_, number) => number);
    const sealed = await this.#storage.read(
      numbers.map((number) => /** @type {Request} */ (["pieces", placeOf(id, number)])),
    );
    const sound = numbers.map((number) => sealing.openPiece(key, id, number, sealed[number]));
    return { letter, sound: await Promise.all(sound) };
  }

  /**
   * Begins a letter; it is this tab's own until it is let go of.
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
    const letGo = await this.#hold(id);
    try {
      await this.#storage.write([["letters", id, await sealing.sealAbout(key, id, about)]]);
    } catch (error) {
      letGo();
      throw error;
    }
    this.#vault.env.persist();
    return new Take(this.#storage, key, { id, ...about }, letGo);
  }

  /**
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
   * For good: there is no other copy. One that can't be read goes too.
   *
   * @param {string} id
   */
  async remove(id) {
    const pieces = (await this.#placesOf(id)).map(
      (place) => /** @type {Change} */ (["pieces", place, undefined]),
    );
    await this.#storage.write([["letters", id, undefined], ...pieces]);
  }

  close() {
    this.#storage.close();
  }

  /**
   * @returns {Promise<CryptoKey>} made now if there was none; not remembered, so that a locked phone forgets it
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
   * Without looking at all the sound there is, unless there is no other way.
   *
   * @param {string} id
   * @returns {Promise<string[]>}
   */
  async #placesOf(id) {
    const letter = await unlessUnreadable(this.#key().then((key) => this.#get(key, id)));
    if (letter) return Array.from({ length: letter.pieces }, (_, number) => placeOf(id, number));
    const [pieces] = await this.#storage.read([["pieces"]]);
    const places = /** @type {string[]} */ ([...pieces.keys()]);
    return places.filter((place) => place.startsWith(`${id}/`));
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #exclusively(work) {
    const { locks, name } = this.#vault.env;
    return locks.request(`${name}-letters`, {}, work);
  }

  /**
   * A lock ends with its tab, however that ends: so a letter that was cut off can be told from one that goes on.
   *
   * @param {string} id
   * @returns {Promise<() => void>} lets go of it
   */
  #hold(id) {
    const { locks, name } = this.#vault.env;
    return new Promise((resolve) => {
      const held = () => new Promise((letGo) => resolve(() => letGo(undefined)));
      locks.request(`${name}-letter-${id}`, {}, held);
    });
  }

  /** @param {string} id @returns {Promise<boolean>} whether no tab is at work on it */
  #isAlone(id) {
    const { locks, name } = this.#vault.env;
    const options = { ifAvailable: true };
    return locks.request(`${name}-letter-${id}`, options, (lock) => lock !== null);
  }
}

/** A letter that is being spoken. */
export class Take {
  #storage;
  #key;
  #letGo;
  /** @type {unknown} why a piece is missing: what follows would not fit to what is there */
  #problem;
  /** @type {Promise<unknown>} pieces are stored one after the other */
  #last = Promise.resolve();

  /**
   * @param {Storage} storage
   * @param {CryptoKey} key
   * @param {Letter} letter
   * @param {() => void} letGo
   */
  constructor(storage, key, letter, letGo) {
    this.#storage = storage;
    this.#key = key;
    this.#letGo = letGo;
    this.letter = letter;
  }

  /**
   * @param {Blob} sound that follows what is there
   * @param {number} ms the length of all of it
   * @returns {Promise<void>} stored; after a failure neither it nor what follows is, and what was there stays
   * @throws {StorageFullError | StorageLostError}
   */
  add(sound, ms) {
    return this.#next(async () => {
      if (this.#problem) throw this.#problem;
      const bytes = new Uint8Array(await sound.arrayBuffer());
      const { id, pieces } = this.letter;
      const sealed = await sealing.sealPiece(this.#key, id, pieces, bytes);
      const news = { ms, pieces: pieces + 1, bytes: this.letter.bytes + bytes.length };
      await this.#note(news, [["pieces", placeOf(id, pieces), sealed]]).catch((error) => {
        this.#problem = error;
        throw error;
      });
    });
  }

  /** Nothing follows any more. @param {number} ms its length */
  stop(ms) {
    return this.#next(() => this.#note({ ms, state: "stopped" }, []));
  }

  /** It is kept, or left to be found by the next visit. */
  release() {
    this.#letGo();
  }

  /**
   * @param {() => Promise<void>} step
   * @returns {Promise<void>}
   */
  #next(step) {
    const done = this.#last.then(step);
    this.#last = done.catch(() => {});
    return done;
  }

  /**
   * @param {Partial<About>} news
   * @param {Change[]} also stored in the same step
   */
  async #note(news, also) {
    const letter = { ...this.letter, ...news };
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
 * @template T
 * @param {Promise<T>} opening
 * @returns {Promise<T | undefined>}
 */
function unlessUnreadable(opening) {
  return opening.catch((error) => {
    if (error instanceof UnreadableError) return undefined;
    throw error;
  });
}
