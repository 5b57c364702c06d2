/**
 * The HTTP client for the backup server (sync.md, "HTTP"). It has one method for each API call. Errors carry the
 * server's own codes.
 */

import { CodedError } from "../platform/errors.js";

/** @import { Environment } from "./environment.js" */
/** @import { Keys } from "./keys.js" */
/** @import { SealedRecord } from "./seal.js" */

/**
 * @typedef {{id: string, entry: string}} LiveRecord the id of a record that no other record has superseded, and the id
 *   of its entry
 */

/**
 * @typedef {"stored" | "same" | "superseded" | "clash" | "too_large" | "quota"} Outcome the result of pushing one
 *   record
 */

/** @typedef {{account: string, token: string, expires: number}} Token `expires` is in ms since 1970 */

/** Abort a request that takes longer than this, in ms. Slow connections need the time. */
const TIMEOUT = 30_000;

/** Renew a token that expires sooner than this, in ms. */
const TOKEN_MARGIN = 60_000;

/**
 * A request failed. `code` comes from the server's problem details (`join_code_needed`, `account_erased`,
 * `account_exists`, ...), or it is one of ours: `offline` (no connection), `timeout`, `stopped` (we aborted the
 * request), `bad_answer` (something other than our server responded, as on a hotel's network) or `http_<status>`.
 */
export class ApiError extends CodedError {
  /**
   * @param {number} status 0 if there was no response
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
    return this.status < 400 || this.status === 429 || (this.status >= 500 && this.status !== 507);
  }
}

export class Api {
  #env;
  #keys;
  /** @type {Token | undefined} */
  #token;
  /**
   * The last list of live records that the server sent.
   *
   * @type {{etag: string | null, records: LiveRecord[]}}
   */
  #lastList = { etag: null, records: [] };
  /**
   * One controller for each request under way.
   *
   * @type {Set<AbortController>}
   */
  #controllers = new Set();

  /**
   * @param {Environment} env
   * @param {Keys} keys
   * @param {string} [joinCode]
   */
  constructor(env, keys, joinCode) {
    this.#env = env;
    this.#keys = keys;
    /** The server asks for it again if it has lost the account. */
    this.joinCode = joinCode;
  }

  get account() {
    return this.#keys.account;
  }

  /** Abort every request under way. Each one fails with the code `stopped`. */
  stop() {
    for (const controller of this.#controllers) controller.abort();
  }

  /**
   * Create the account. If it exists already with the same keys, change nothing.
   *
   * @throws {ApiError} `join_code_needed`, `account_exists`, `account_erased` among others
   */
  async createAccount() {
    const { auth } = this.#keys;
    await this.#call("PUT", this.#accountPath, { body: { auth, join_code: this.joinCode } });
  }

  /** Erase the account and everything in it. Erasing it a second time is no error. */
  async eraseAccount() {
    await this.#call("DELETE", this.#accountPath, { body: { auth: this.#keys.auth } });
  }

  /**
   * Return whether the server knows this account.
   *
   * @returns {Promise<boolean>}
   */
  async hasAccount() {
    try {
      await this.#renewToken();
      return true;
    } catch (error) {
      if (isUnauthorised(error)) return false;
      throw error;
    }
  }

  /**
   * Return all live records. If the list hasn't changed since the last call, the server doesn't send it again.
   *
   * @returns {Promise<LiveRecord[]>}
   */
  async listRecords() {
    const { etag, records } = this.#lastList;
    const response = await this.#authorised("GET", "/records", { etag });
    if (response.status === 304) return records;
    const newRecords = response.json?.records;
    if (!isListOf(newRecords, ["id", "entry"])) throw badResponse(response.status);
    this.#lastList = { etag: response.etag, records: newRecords };
    return newRecords;
  }

  /**
   * Fetch sealed records by their ids.
   *
   * @param {string[]} ids 1 to 50
   * @returns {Promise<SealedRecord[]>} only those that are still live
   */
  async fetchRecords(ids) {
    const { status, json } = await this.#authorised("POST", "/records/fetch", { body: { ids } });
    const records = json?.records;
    const isValid = isListOf(records, ["id", "entry", "sealed"]);
    if (!isValid || !records.every((record) => areStrings(record.supersedes)))
      throw badResponse(status);
    return records;
  }

  /**
   * Push sealed records to the server.
   *
   * @param {SealedRecord[]} records 1 to 20, together at most 512 KiB
   * @returns {Promise<Record<string, Outcome>>} by record id
   */
  async pushRecords(records) {
    const { status, json } = await this.#authorised("POST", "/records", { body: { records } });
    if (typeof json?.results !== "object" || !json.results) throw badResponse(status);
    return json.results;
  }

  get #accountPath() {
    return `/accounts/${this.#keys.account}`;
  }

  /**
   * Send a request with the token. If the server rejects the token, send it once more with a new one.
   *
   * @param {string} method
   * @param {string} path
   * @param {{body?: object, etag?: string | null}} request
   */
  async #authorised(method, path, request) {
    const token = await this.#currentToken();
    try {
      return await this.#call(method, path, { ...request, token });
    } catch (error) {
      if (!isUnauthorised(error)) throw error;
      return this.#call(method, path, { ...request, token: await this.#newToken() });
    }
  }

  /** Return a valid token: from memory, from storage or from the server. */
  async #currentToken() {
    if (!this.#token) {
      const [stored] = await this.#env.storage.read([["meta", "token"]]);
      if (stored?.account === this.#keys.account) this.#token = stored;
    }
    const isFresh = this.#token && this.#token.expires > this.#env.now() + TOKEN_MARGIN;
    return isFresh && this.#token ? this.#token.token : this.#newToken();
  }

  /** Get a new token. A server that was wiped clean doesn't know the account any more, so create the account again. */
  async #newToken() {
    try {
      return await this.#renewToken();
    } catch (error) {
      if (!isUnauthorised(error)) throw error;
      await this.createAccount();
      return this.#renewToken();
    }
  }

  async #renewToken() {
    const { account, auth } = this.#keys;
    const { status, json } = await this.#call("POST", "/tokens", { body: { account, auth } });
    if (typeof json?.token !== "string") throw badResponse(status);
    const expires = this.#env.now() + Number(json.expires_in) * 1000;
    this.#token = { account, token: json.token, expires };
    await this.#env.storage.write([["meta", "token", this.#token]]);
    return this.#token.token;
  }

  /**
   * Send one request and read its response.
   *
   * @param {string} method
   * @param {string} path
   * @param {{body?: object, token?: string, etag?: string | null}} request
   * @returns {Promise<{status: number, etag: string | null, json: any}>}
   * @throws {ApiError}
   */
  async #call(method, path, { body, token, etag }) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (etag) headers["If-None-Match"] = etag;
    const controller = new AbortController();
    let isTimedOut = false;
    const timer = this.#env.setTimer(() => {
      isTimedOut = true;
      controller.abort();
    }, TIMEOUT);
    this.#controllers.add(controller);
    try {
      const response = await this.#env.fetch(`${this.#env.baseUrl}/api/v1${path}`, {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: controller.signal,
      });
      return await readResponse(response);
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      const code = isTimedOut ? "timeout" : controller.signal.aborted ? "stopped" : "offline";
      throw new ApiError(0, code, null, { cause });
    } finally {
      this.#controllers.delete(controller);
      this.#env.clearTimer(timer);
    }
  }
}

/**
 * Read the body of a response as JSON.
 *
 * @param {Response} response
 * @throws {ApiError} if the response isn't a success, or isn't JSON
 */
async function readResponse(response) {
  const { status, headers } = response;
  const text = await response.text();
  const json = parse(text);
  if (!response.ok && status !== 304) {
    const code = typeof json?.code === "string" ? json.code : `http_${status}`;
    throw new ApiError(status, code, parseRetryAfter(headers.get("Retry-After")));
  }
  if (text && json === undefined) throw badResponse(status);
  return { status, etag: headers.get("ETag"), json };
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
 * Return the seconds of a `Retry-After` header, or null if it gives none.
 *
 * @param {string | null} retryAfter
 */
function parseRetryAfter(retryAfter) {
  const seconds = Number(retryAfter);
  return retryAfter !== null && seconds >= 0 ? seconds : null;
}

/** @param {number} status */
const badResponse = (status) => new ApiError(status, "bad_answer");

/** @param {unknown} error */
const isUnauthorised = (error) => error instanceof ApiError && error.status === 401;

/**
 * Return whether a value is a list of objects with these string attributes.
 *
 * @param {any} list
 * @param {string[]} names of the attributes that must be strings
 * @returns {list is any[]}
 */
const isListOf = (list, names) =>
  Array.isArray(list) && list.every((item) => areStrings(names.map((name) => item?.[name])));

/** @param {any} values */
const areStrings = (values) =>
  Array.isArray(values) && values.every((item) => typeof item === "string");
