// The errors of downloads. The interface turns their codes into words.
import { CodedError } from "../platform/errors.js";

/** @typedef {import("./response.js").Facts} Facts */

/** The recording no longer exists on the server. `code` is `gone`. */
export class GoneError extends CodedError {
  /** @param {string} url */
  constructor(url) {
    super("gone", `${url} is gone`);
  }
}

/** The server refuses the request. Trying again would not help. `code` is `refused`. */
export class RefusedError extends CodedError {
  /** @param {string} url @param {number} status */
  constructor(url, status) {
    super("refused", `${url}: ${status}`);
  }
}

/** The server has another file at this address now. `code` is `replaced`. */
export class ReplacedError extends CodedError {
  /**
   * @param {string} url
   * @param {Facts} facts what the response says about the new file
   */
  constructor(url, facts) {
    super("replaced", `${url} has changed on the server`);
    this.facts = facts;
  }
}

/** A sign-in in front of the service doesn't let this phone in. `code` is `sign_in`. */
export class SignInError extends CodedError {
  /** @param {string} url @param {number} status 0 for a redirect */
  constructor(url, status) {
    super("sign_in", `${url}: ${status || "a redirect"}`);
  }
}

/** The server can't answer at the moment. `code` is `later`. */
export class LaterError extends CodedError {
  /**
   * @param {string} url
   * @param {number} status
   * @param {number | null} wait how long the server asks to wait, in ms
   */
  constructor(url, status, wait) {
    super("later", `${url}: ${status}`);
    this.wait = wait;
  }
}

/** Something on the way answers in place of the server, for example a Wi-Fi's sign-in page. `code` is `foreign`. */
export class ForeignError extends CodedError {
  /** @param {string} url @param {number} status */
  constructor(url, status) {
    super("foreign", `${url}: ${status}, not from Hearth`);
  }
}

/** A proxy sends the file only in one piece, and the connection was cut before the end. `code` is `no_parts`. */
export class NoPartsError extends CodedError {
  /** @param {string} url @param {{cause: unknown}} options */
  constructor(url, options) {
    super("no_parts", `${url} comes only whole and was cut`, options);
  }
}

/**
 * All bytes arrived, but they aren't the file that the service published. Nothing of it is stored. `code` is
 * `damaged`.
 */
export class DamagedError extends CodedError {
  /** @param {string} url */
  constructor(url) {
    super("damaged", `${url} arrived damaged`);
  }
}
