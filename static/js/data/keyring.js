/** Read the stored secret, plain or wrapped under a PIN, and hold the open lock in memory. Each tab has one keyring. */

import { LockedError } from "./errors.js";
import { sameBytes } from "./same-bytes.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Opened, Wrapped } from "./wrapping.js" */

/**
 * The row `secret` in the store `keys`. Both forms share one row, so that there is no moment in which neither is
 * stored.
 *
 * @typedef {{secret: Bytes} | {wrapped: Wrapped}} Row
 */

/**
 * @param {Row | undefined} row
 * @returns {Wrapped | undefined} undefined if the row isn't wrapped
 */
export const wrappedIn = (row) => (row && "wrapped" in row ? row.wrapped : undefined);

export class Keyring {
  /** @type {Opened | undefined} */
  #opened;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /**
   * The open lock; undefined while the lock is closed in this tab.
   *
   * @returns {Opened | undefined}
   */
  get opened() {
    return this.#opened;
  }

  /**
   * Hold an open lock.
   *
   * @param {Opened} opened
   */
  hold(opened) {
    this.#opened = opened;
  }

  /** Forget the lock, because it has been removed. */
  forget() {
    this.#opened = undefined;
  }

  /** Close the lock. The listeners drop everything they have read. */
  close() {
    this.#opened = undefined;
    for (const listener of this.#listeners) listener();
  }

  /**
   * Call a listener when the lock closes.
   *
   * @param {() => void} listener
   */
  onClose(listener) {
    this.#listeners.add(listener);
  }

  /**
   * Return the secret of the stored row.
   *
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
   * Return the row to store for a new secret. If there is a PIN, wrap the new secret under the same PIN.
   *
   * @param {Bytes} secret replaces the stored secret
   * @param {Row | undefined} before the stored row
   * @returns {Promise<Row>}
   * @throws {LockedError}
   */
  async rowFor(secret, before) {
    if (!wrappedIn(before)) return { secret };
    await this.secretOf(before);
    const { wrapAgain } = await import("./wrapping.js");
    const opened = await wrapAgain(/** @type {Opened} */ (this.#opened), secret);
    return { wrapped: opened.wrapped };
  }

  /**
   * Return whether the open lock fits the stored row. Another tab may have wrapped another secret under the same PIN:
   * if so, unwrap that secret.
   *
   * @param {Wrapped} wrapped
   */
  async #fits(wrapped) {
    const opened = this.#opened;
    if (!opened || !sameBytes(opened.wrapped.salt, wrapped.salt)) return false;
    if (sameBytes(opened.wrapped.iv, wrapped.iv)) return true;
    // Phones without a lock don't load it.
    const { unwrapWith } = await import("./wrapping.js");
    const unwrapped = await unwrapWith(wrapped, opened.key);
    // If the lock was closed meanwhile, it stays closed.
    if (!unwrapped || this.#opened !== opened) return false;
    this.#opened = unwrapped;
    return true;
  }
}
