/**
 * The lock of this phone: a PIN or a passphrase that is asked before anything that was written can be read. Set, open,
 * change, remove. Nothing here erases anything, however often the wrong PIN is tried.
 */

import { DataError } from "./errors.js";
import { SECRET_BYTES } from "./keys.js";
import { wrappedIn } from "./keyring.js";
import { isSecretOf, unwrap, wrapAnew } from "./wrapping.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Change } from "./database.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Keyring } from "./keyring.js" */
/** @import { Kind, Opened, Wrapped } from "./wrapping.js" */

/**
 * What is remembered of it, under `lock` in `meta`.
 * @typedef {object} Settings
 * @property {number} after minutes away after which it is asked again
 * @property {number} [wrong] tries since it was opened last
 * @property {number} [until] no try before this moment, ms since 1970
 */

/**
 * @typedef {object} LockState
 * @property {Kind | null} kind null when there is no lock
 * @property {number} after minutes
 * @property {number} wait ms until it can be tried again
 * @property {boolean} backup whether backup is on, as far as this phone remembers
 */

/** Minutes away, until somebody chooses. */
const USUALLY = 5;

/** So many wrong tries cost nothing: fingers slip. */
const FREE_TRIES = 4;
/** After each further one, s. */
const PAUSES = [30, 60, 120, 300, 900];

/** The PIN is another one, or it is too soon to try again. `code` is `wrong_pin` or `too_soon`; `wait` is in ms. */
export class PinError extends DataError {
  /** @param {"wrong_pin" | "too_soon"} code @param {number} wait */
  constructor(code, wait) {
    super(code, `The lock stays closed: ${code}`);
    this.wait = wait;
  }
}

export class Lock {
  #env;
  #keyring;
  #rounds;

  /**
   * @param {Pick<Environment, "name" | "storage" | "locks" | "now" | "randomBytes">} env
   * @param {Keyring} keyring of this tab
   * @param {number} [rounds] fewer in tests only
   */
  constructor(env, keyring, rounds) {
    this.#env = env;
    this.#keyring = keyring;
    this.#rounds = rounds;
  }

  /** @returns {Promise<LockState>} */
  async state() {
    const [row, settings, backup] = await this.#env.storage.read([
      ["keys", "secret"],
      ["meta", "lock"],
      ["meta", "backup"],
    ]);
    return {
      kind: wrappedIn(row)?.kind ?? null,
      after: afterOf(settings),
      wait: this.#waitOf(settings),
      backup: backup?.on === true,
    };
  }

  /**
   * Sets a PIN where there was none, or another one while the lock is open.
   *
   * @param {string} pin as typed
   * @param {{kind: Kind, after?: number}} how
   * @param {(opened: Opened) => void} [before] hears of it before it is stored: other tabs stay open that way
   * @throws {LockedError}
   */
  set(pin, { kind, after }, before = () => {}) {
    return this.#alone(async ([row, settings]) => {
      const secret = (await this.#keyring.secretOf(row)) ?? this.#env.randomBytes(SECRET_BYTES);
      const opened = await wrapAnew(secret, pin, kind, this.#rounds);
      this.#keyring.hold(opened);
      before(opened);
      await this.#store(opened.wrapped, { after: after ?? afterOf(settings) });
    });
  }

  /** @param {number} after minutes away */
  setAfter(after) {
    return this.#alone(async ([, settings]) =>
      this.#env.storage.write([["meta", "lock", { ...settings, after }]]),
    );
  }

  /**
   * @param {string} pin as typed
   * @returns {Promise<Opened | null>} what the keyring holds from now on; null when there is no lock any more
   * @throws {PinError}
   */
  async open(pin) {
    const opened = await this.check(pin);
    if (opened) this.#keyring.hold(opened);
    return opened;
  }

  /**
   * The same without opening: before a PIN is changed or taken away, whoever holds the phone says that they know it.
   *
   * @param {string} pin as typed
   * @returns {Promise<Opened | null>}
   * @throws {PinError}
   */
  check(pin) {
    return this.#alone(async ([row, settings]) => {
      const wrapped = wrappedIn(row);
      if (!wrapped) return null;
      const wait = this.#waitOf(settings);
      if (wait) throw new PinError("too_soon", wait);
      // Counted before it is known: a page that is closed meanwhile has tried all the same.
      const counted = this.#counted(settings);
      await this.#env.storage.write([["meta", "lock", counted]]);
      const opened = await unwrap(wrapped, pin);
      if (!opened) throw new PinError("wrong_pin", this.#waitOf(counted));
      await this.#env.storage.write([["meta", "lock", { after: afterOf(settings) }]]);
      return opened;
    });
  }

  /**
   * Takes the lock away while it is open.
   *
   * @throws {LockedError}
   */
  remove() {
    return this.#alone(async ([row]) => {
      const secret = await this.#keyring.secretOf(row);
      if (secret) await this.#unlock(secret);
    });
  }

  /**
   * Takes the lock away with what the twelve words stand for; a forgotten PIN isn't the end.
   *
   * @param {Bytes} secret
   * @returns {Promise<boolean>} false when these are other words
   */
  removeWith(secret) {
    return this.#alone(async ([row]) => {
      const wrapped = wrappedIn(row);
      if (wrapped && !(await isSecretOf(wrapped, secret))) return false;
      if (wrapped) await this.#unlock(secret);
      return true;
    });
  }

  /** @param {Bytes} secret */
  async #unlock(secret) {
    await this.#env.storage.write([
      ["keys", "secret", { secret }],
      ["meta", "lock", undefined],
    ]);
    this.#keyring.forget();
  }

  /** @param {Wrapped} wrapped @param {Settings} settings */
  #store(wrapped, settings) {
    /** @type {Change[]} */
    const changes = [
      ["keys", "secret", { wrapped }],
      ["meta", "lock", settings],
    ];
    return this.#env.storage.write(changes);
  }

  /**
   * No tab seals anything, restores or tries a PIN meanwhile.
   *
   * @template T
   * @param {(stored: any[]) => Promise<T>} work
   * @returns {Promise<T>}
   */
  #alone(work) {
    return this.#env.locks.request(`${this.#env.name}-entries`, {}, async () =>
      work(
        await this.#env.storage.read([
          ["keys", "secret"],
          ["meta", "lock"],
        ]),
      ),
    );
  }

  /** @param {Settings | undefined} settings @returns {Settings} with one wrong try more */
  #counted(settings) {
    const wrong = (settings?.wrong ?? 0) + 1;
    const pause = PAUSES[Math.min(wrong - FREE_TRIES, PAUSES.length) - 1] ?? 0;
    const until = pause ? this.#env.now() + pause * 1000 : undefined;
    return { after: afterOf(settings), wrong, until };
  }

  /** @param {Settings | undefined} settings */
  #waitOf(settings) {
    const left = (settings?.until ?? 0) - this.#env.now();
    // A clock that was set back doesn't shut anybody out for longer than the longest pause.
    return Math.min(Math.max(0, left), Math.max(...PAUSES) * 1000);
  }
}

/** @param {Settings | undefined} settings */
const afterOf = (settings) => settings?.after ?? USUALLY;
