/**
 * The lock of this phone: a PIN or a passphrase that must be typed before anything written can be read. It can be set,
 * opened, changed and removed. Nothing here erases anything, however often a wrong PIN is tried.
 */

import { CodedError } from "../platform/errors.js";
import { SECRET_BYTES } from "./keys.js";
import { wrappedIn } from "./keyring.js";
import { isSecretOf, unwrap, wrapAnew } from "./wrapping.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Change } from "./database.js" */
/** @import { Environment } from "./environment.js" */
/** @import { Keyring } from "./keyring.js" */
/** @import { Kind, Opened, Wrapped } from "./wrapping.js" */

/**
 * The settings of the lock, stored under `lock` in `meta`.
 *
 * @typedef {object} Settings
 * @property {number} after ask for the PIN again after this many minutes of absence
 * @property {number} [wrong] number of wrong tries since the lock was last opened
 * @property {number} [pause] how long a page must be open before the next try is allowed, in ms
 */

/**
 * @typedef {object} LockState
 * @property {Kind | null} kind null if there is no lock
 * @property {number} after ask for the PIN again after this many minutes of absence
 * @property {number} wait ms until the next try is allowed
 * @property {boolean} backup whether backup is on, according to the settings on this phone
 */

/** Minutes of absence, until the person chooses a number. */
const DEFAULT_AFTER = 5;

/** This many wrong tries cause no pause, because fingers slip. */
const FREE_TRIES = 4;
/**
 * The pause after each further wrong try, in s. The last pause repeats. A pause counts only while a page of the app is
 * open, because anyone can set the phone's clock forward.
 */
const PAUSES = [30, 60, 120, 300, 900];

/** The PIN is wrong, or it is too soon for another try. `code` is `wrong_pin` or `too_soon`; `wait` is in ms. */
export class PinError extends CodedError {
  /**
   * @param {"wrong_pin" | "too_soon"} code
   * @param {number} wait
   */
  constructor(code, wait) {
    super(code, `The lock stays closed: ${code}`);
    this.wait = wait;
  }
}

export class Lock {
  #env;
  #keyring;
  #rounds;
  /** The stored pause that this tab last saw, after which wrong try, and how long the page had been open then, in ms. */
  #seen = { pause: 0, wrong: 0, at: 0 };

  /**
   * @param {Pick<Environment, "name" | "storage" | "locks" | "elapsed" | "randomBytes">} env
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

  /** Store how much of a pause is left. Call this now and then while the reader waits, and when the page is left. */
  passTime() {
    return this.#exclusively(async ([, settings]) => {
      const pause = this.#waitOf(settings);
      if (!settings?.pause || pause === settings.pause) return;
      await this.#env.storage.write([["meta", "lock", { ...settings, pause }]]);
    });
  }

  /**
   * Set a PIN if there is none, or set another one while the lock is open.
   *
   * @param {string} pin as typed
   * @param {{kind: Kind, after?: number}} how
   * @param {(opened: Opened) => void} [before] called before the lock is stored, so that other tabs can stay open
   * @throws {LockedError}
   */
  set(pin, { kind, after }, before = () => {}) {
    return this.#exclusively(async ([row, settings]) => {
      const secret = (await this.#keyring.secretOf(row)) ?? this.#env.randomBytes(SECRET_BYTES);
      const opened = await wrapAnew(secret, pin, kind, this.#rounds);
      this.#keyring.hold(opened);
      before(opened);
      await this.#storeWrapped(opened.wrapped, { after: after ?? afterOf(settings) });
    });
  }

  /**
   * Set how long somebody may be away before the PIN is asked again.
   *
   * @param {number} after minutes
   */
  setAfter(after) {
    return this.#exclusively(async ([, settings]) =>
      this.#env.storage.write([["meta", "lock", { ...settings, after }]]),
    );
  }

  /**
   * Open the lock in this tab.
   *
   * @param {string} pin as typed
   * @returns {Promise<Opened | null>} the lock that the keyring holds now; null if there is no lock any more
   * @throws {PinError}
   */
  async open(pin) {
    const opened = await this.check(pin);
    if (opened) this.#keyring.hold(opened);
    return opened;
  }

  /**
   * Check a PIN without opening the lock. Before a PIN is changed or removed, the person must show that they know it.
   *
   * @param {string} pin as typed
   * @returns {Promise<Opened | null>} null if there is no lock any more
   * @throws {PinError}
   */
  check(pin) {
    return this.#exclusively(async ([row, settings]) => {
      const wrapped = wrappedIn(row);
      if (!wrapped) return null;
      const wait = this.#waitOf(settings);
      if (wait) throw new PinError("too_soon", wait);
      // Count the try before its result is known. It counts even if the page is closed meanwhile.
      const counted = this.#countTry(settings);
      await this.#env.storage.write([["meta", "lock", counted]]);
      const opened = await unwrap(wrapped, pin);
      if (!opened) throw new PinError("wrong_pin", this.#waitOf(counted));
      await this.#env.storage.write([["meta", "lock", { after: afterOf(settings) }]]);
      return opened;
    });
  }

  /**
   * Remove the lock. It must be open.
   *
   * @throws {LockedError}
   */
  remove() {
    return this.#exclusively(async ([row]) => {
      const secret = await this.#keyring.secretOf(row);
      if (secret) await this.#storePlain(secret);
    });
  }

  /**
   * Remove the lock with the secret that the twelve words encode. This helps a person who has forgotten the PIN.
   *
   * @param {Bytes} secret
   * @returns {Promise<boolean>} false if the words are wrong
   */
  removeWith(secret) {
    return this.#exclusively(async ([row]) => {
      const wrapped = wrappedIn(row);
      if (wrapped && !(await isSecretOf(wrapped, secret))) return false;
      if (wrapped) await this.#storePlain(secret);
      return true;
    });
  }

  /**
   * Store the secret without a PIN.
   *
   * @param {Bytes} secret
   */
  async #storePlain(secret) {
    await this.#env.storage.write([
      ["keys", "secret", { secret }],
      ["meta", "lock", undefined],
    ]);
    this.#keyring.forget();
  }

  /**
   * @param {Wrapped} wrapped
   * @param {Settings} settings
   */
  #storeWrapped(wrapped, settings) {
    /** @type {Change[]} */
    const changes = [
      ["keys", "secret", { wrapped }],
      ["meta", "lock", settings],
    ];
    return this.#env.storage.write(changes);
  }

  /**
   * Run `work` while no tab seals anything, restores a backup or tries a PIN.
   *
   * @template T
   * @param {(stored: any[]) => Promise<T>} work
   * @returns {Promise<T>}
   */
  #exclusively(work) {
    return this.#env.locks.request(`${this.#env.name}-entries`, {}, async () =>
      work(
        await this.#env.storage.read([
          ["keys", "secret"],
          ["meta", "lock"],
        ]),
      ),
    );
  }

  /**
   * Count one more wrong try.
   *
   * @param {Settings | undefined} settings
   * @returns {Settings}
   */
  #countTry(settings) {
    const wrong = (settings?.wrong ?? 0) + 1;
    const pause = (PAUSES[Math.min(wrong - FREE_TRIES, PAUSES.length) - 1] ?? 0) * 1000;
    return { after: afterOf(settings), wrong, pause };
  }

  /**
   * Return how many ms are left until the next try is allowed.
   *
   * @param {Settings | undefined} settings
   */
  #waitOf(settings) {
    const { pause = 0, wrong = 0 } = settings ?? {};
    // A new pause begins, or another tab has stored what is left.
    if (pause !== this.#seen.pause || wrong !== this.#seen.wrong) {
      this.#seen = { pause, wrong, at: this.#env.elapsed() };
    }
    return Math.max(0, pause - (this.#env.elapsed() - this.#seen.at));
  }
}

/** @param {Settings | undefined} settings */
const afterOf = (settings) => settings?.after ?? DEFAULT_AFTER;
