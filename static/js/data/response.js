/**
 * Reads responses: the server's own, and those of a sign-in in front of it (basic auth, or a cookie of a proxy).
 */

import { CodedError } from "../platform/errors.js";

/** @import { Received } from "./exchange.js" */

/** The shortest and the longest time to wait before trying again, in s, whatever the server says. */
const RETRY_AFTER = { least: 1, most: 24 * 3_600 };

/** With these statuses, a sign-in or a network refuses whoever isn't signed in. */
const STATUSES = [401, 403, 511];

/** Sign-ins that want the `Authorization` header for themselves. */
const PASSWORD = /(?:^|,)\s*(?:basic|digest|negotiate|ntlm)\b/iu;

/**
 * A request failed. `code` comes from the server's problem details (`join_code_needed`, `account_erased`,
 * `account_exists`, ...), or it is one of ours: `offline` (no connection), `timeout`, `stopped` (we aborted the
 * request), `bad_answer` (something other than our server responded, as on a hotel's network), `sign_in` or
 * `sign_in_clash` (a sign-in in front of the server responded, see signInCode) or `http_<status>`.
 */
export class ApiError extends CodedError {
  /**
   * @param {number} status 0 if there was no response, or a redirect
   * @param {string} code
   * @param {number | null} [retryAfter] in s, if the server named a time
   * @param {{cause?: unknown}} [options]
   */
  constructor(status, code, retryAfter = null, options = {}) {
    super(code, `The server answered ${status} ${code}`, options);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the request may succeed later without anyone doing anything. */
  get isPassing() {
    if ([408, 425, 429].includes(this.status)) return true;
    return this.status < 400 || (this.status >= 500 && this.status !== 507);
  }

  /** Whether the account was erased. Only our own server can say so. */
  get isErased() {
    return this.status === 410 && this.code === "account_erased";
  }

  /** Whether a smaller request may succeed: this one was too large, or the line was too slow for it. */
  get isTooMuch() {
    return this.code === "timeout" || [408, 413, 504].includes(this.status);
  }
}

/**
 * Read a response as JSON.
 *
 * @param {Received} received
 * @param {boolean} hadToken
 * @throws {ApiError} if the response isn't a success, or isn't JSON
 */
export function readResponse(received, hadToken) {
  const { status, headers, text } = received;
  const json = parse(text);
  if (status < 200 || status >= 300) {
    const isCode = typeof json?.code === "string" && /^[a-z_]{1,40}$/u.test(json.code);
    const code = isCode ? json.code : (signInCode(received, hadToken) ?? `http_${status}`);
    throw new ApiError(status, code, parseRetryAfter(headers.get("Retry-After")));
  }
  if (text && json === undefined) throw badResponse(status);
  return { status, json };
}

/**
 * Return the code of a response that has none of the server's: `sign_in`, `sign_in_clash` (the sign-in wants the header
 * that carries our token), or null if it comes from no sign-in.
 *
 * @param {Received} received
 * @param {boolean} hasToken
 */
function signInCode({ status, headers }, hasToken) {
  // The server redirects nothing under /api/. A browser tells a script of a redirect only that it is one: status 0.
  if (status < 200 || (status >= 300 && status < 400)) return "sign_in";
  if (!STATUSES.includes(status)) return null;
  const wantsHeader = PASSWORD.test(headers.get("WWW-Authenticate") ?? "");
  return hasToken && wantsHeader ? "sign_in_clash" : "sign_in";
}

/**
 * @param {string} text
 * @returns {any} undefined if the text isn't JSON
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Return the seconds of a `Retry-After` header, or null if it gives none. A date counts as none, because clocks differ.
 *
 * @param {string | null} retryAfter
 */
function parseRetryAfter(retryAfter) {
  const isNumber = retryAfter !== null && /^\s*\d+(\.\d+)?\s*$/u.test(retryAfter);
  return isNumber ? clamp(Number(retryAfter), RETRY_AFTER) : null;
}

/**
 * Return the number, or the nearest one within the limits.
 *
 * @param {number} number NaN counts as too small
 * @param {{least: number, most: number}} limits
 */
export const clamp = (number, { least, most }) => Math.min(most, Math.max(least, number || 0));

/** @param {number} status */
export const badResponse = (status) => new ApiError(status, "bad_answer");
