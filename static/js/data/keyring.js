/** The secret as it is stored, plain or wrapped under a PIN, and the open lock while there is one. One for each tab. */

import { LockedError } from "./errors.js";
import { same, unwrapWith, wrapAgain } from "./wrapping.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Opened, Wrapped } from "./wrapping.js" */

/**
 * What stands under `secret` in the store `keys`. One row, so that there is no moment in which neither form is stored.
 * @typedef {{secret: Bytes} | {wrapped: Wrapped}} Row
 */

/** @param {Row | undefined} row @returns {Wrapped | undefined} */
export const wrappedIn = (row) => (row && "wrapped" in row ? row.wrapped : undefined);

export class Keyring {
  /** @type {Opened | undefined} */
  #opened;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @returns {Opened | undefined} while the lock is open in this tab */
  get opened() {
    return this.#opened;
  }

  /** @param {Opened} opened */
  hold(opened) {
    this.#opened = opened;
  }

  /** There is no lock any more. */
  forget() {
    this.#opened = undefined;
  }

  /** The lock falls shut: whoever read anything lets go of it. */
  close() {
    this.#opened = undefined;
    for (const listener of this.#listeners) listener();
  }

  /** @param {() => void} listener called when the lock falls shut */
  onClose(listener) {
    this.#listeners.add(listener);
  }

  /**
   * @param {Row | undefined} row
   * @returns {Promise<Bytes | undefined>} undefined before the first use
   * @throws {LockedError}
   */
  async secretOf(row) {
    if (!row || "secret" in row) return row?.secret;
    if (!(await this.#fits(row.wrapped))) throw new LockedError();
    return /** @type {Opened} */ (this.#opened).secret;
  }

  /**
   * @param {Bytes} secret that takes the place of the one that is stored
   * @param {Row | undefined} before
   * @returns {Promise<Row>} under the same PIN, if there is one
   * @throws {LockedError}
   */
  async rowFor(secret, before) {
    if (!wrappedIn(before)) return { secret };
    await this.secretOf(before);
    const opened = await wrapAgain(/** @type {Opened} */ (this.#opened), secret);
    return { wrapped: opened.wrapped };
  }

  /**
   * Another tab may have put another secret under the same PIN.
   *
   * @param {Wrapped} wrapped
   */
  async #fits(wrapped) {
    const opened = this.#opened;
    if (!opened || !same(opened.wrapped.salt, wrapped.salt)) return false;
    if (same(opened.wrapped.iv, wrapped.iv)) return true;
    const again = await unwrapWith(wrapped, opened.key);
    // Locked meanwhile, it stays so.
    if (!again || this.#opened !== opened) return false;
    this.#opened = again;
    return true;
  }
}
