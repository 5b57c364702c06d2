/** The server's side of sync.md, "HTTP": one method for each call, errors with the server's own codes. */

import { DataError } from "./errors.js";

/** @import { Environment } from "./environment.js" */
/** @import { Keys } from "./keys.js" */
/** @import { SealedRecord } from "./seal.js" */

/** @typedef {{id: string, entry: string}} LiveRecord */

/** @typedef {"stored" | "same" | "superseded" | "clash" | "too_large" | "quota"} Outcome of pushing one record */

/** @typedef {{account: string, token: string, expires: number}} Token `expires` in ms since 1970 */

/** A slow line gets this long for one answer. */
const TIMEOUT = 30_000;

/** A token this near its end is renewed before it is used. */
const TOKEN_MARGIN = 60_000;

/**
 * The server didn't do what it was asked. `code` is that of its problem details (`join_code_needed`, `account_erased`,
 * `account_exists`, ...), or one of ours: `offline` (no connection), `timeout`, `stopped` (by us), `bad_answer`
 * (something that isn't our server answered, as in a hotel's network) or `http_<status>`.
 */
export class ApiError extends DataError {
  /**
   * @param {number} status 0 if there was no answer
   * @param {string} code
   * @param {number | null} [retryAfter] s, if the server said so
   * @param {{cause?: unknown}} [options]
   */
  constructor(status, code, retryAfter = null, options = {}) {
    super(code, `The server answered ${status} ${code}`, options);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether waiting may help without anybody doing anything. */
  get isPassing() {
    return this.status < 400 || this.status === 429 || (this.status >= 500 && this.status !== 507);
  }
}

export class Api {
  #env;
  #keys;
  /** @type {Token | undefined} */
  #token;
  /** @type {{etag: string | null, records: LiveRecord[]}} */
  #listed = { etag: null, records: [] };
  /** @type {Set<AbortController>} */
  #calls = new Set();

  /**
   * @param {Environment} env
   * @param {Keys} keys
   * @param {string} [joinCode]
   */
  constructor(env, keys, joinCode) {
    this.#env = env;
    this.#keys = keys;
    /** Needed again if the server lost the account. */
    this.joinCode = joinCode;
  }

  get account() {
    return this.#keys.account;
  }

  /** Gives up every call under way; each fails with `stopped`. */
  stop() {
    for (const call of this.#calls) call.abort();
  }

  /**
   * Makes the account, or finds it made.
   *
   * @throws {ApiError} `join_code_needed`, `account_exists`, `account_erased` among others
   */
  async createAccount() {
    const { auth } = this.#keys;
    await this.#call("PUT", this.#accountPath, { body: { auth, join_code: this.joinCode } });
  }

  /** Erases the account and everything in it, also a second time. */
  async eraseAccount() {
    await this.#call("DELETE", this.#accountPath, { body: { auth: this.#keys.auth } });
  }

  /** @returns {Promise<boolean>} whether the server knows this account */
  async hasAccount() {
    try {
      await this.#renewToken();
      return true;
    } catch (error) {
      if (isUnauthorised(error)) return false;
      throw error;
    }
  }

  /** @returns {Promise<LiveRecord[]>} everything that is live */
  async listRecords() {
    const { etag, records } = this.#listed;
    const answer = await this.#authorised("GET", "/records", { etag });
    if (answer.status === 304) return records;
    const listed = answer.json?.records;
    if (!isListOf(listed, ["id", "entry"])) throw badAnswer(answer.status);
    this.#listed = { etag: answer.etag, records: listed };
    return listed;
  }

  /**
   * @param {string[]} ids 1 to 50
   * @returns {Promise<SealedRecord[]>} those that are still live
   */
  async fetchRecords(ids) {
    const { status, json } = await this.#authorised("POST", "/records/fetch", { body: { ids } });
    const records = json?.records;
    const isRight = isListOf(records, ["id", "entry", "sealed"]);
    if (!isRight || !records.every((record) => isTexts(record.supersedes))) throw badAnswer(status);
    return records;
  }

  /**
   * @param {SealedRecord[]} records 1 to 20, 512 KiB at most
   * @returns {Promise<Record<string, Outcome>>} by record id
   */
  async pushRecords(records) {
    const { status, json } = await this.#authorised("POST", "/records", { body: { records } });
    if (typeof json?.results !== "object" || !json.results) throw badAnswer(status);
    return json.results;
  }

  get #accountPath() {
    return `/accounts/${this.#keys.account}`;
  }

  /**
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

  async #currentToken() {
    if (!this.#token) {
      const [stored] = await this.#env.storage.read([["meta", "token"]]);
      if (stored?.account === this.#keys.account) this.#token = stored;
    }
    const isFresh = this.#token && this.#token.expires > this.#env.now() + TOKEN_MARGIN;
    return isFresh && this.#token ? this.#token.token : this.#newToken();
  }

  /** A server that was wiped clean doesn't know the account any more: it is made again. */
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
    if (typeof json?.token !== "string") throw badAnswer(status);
    const expires = this.#env.now() + Number(json.expires_in) * 1000;
    this.#token = { account, token: json.token, expires };
    await this.#env.storage.write([["meta", "token", this.#token]]);
    return this.#token.token;
  }

  /**
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
    const call = new AbortController();
    let late = false;
    const timer = this.#env.setTimer(() => {
      late = true;
      call.abort();
    }, TIMEOUT);
    this.#calls.add(call);
    try {
      const response = await this.#env.fetch(`${this.#env.baseUrl}/api/v1${path}`, {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: call.signal,
      });
      return await readAnswer(response);
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      const code = late ? "timeout" : call.signal.aborted ? "stopped" : "offline";
      throw new ApiError(0, code, null, { cause });
    } finally {
      this.#calls.delete(call);
      this.#env.clearTimer(timer);
    }
  }
}

/**
 * @param {Response} response
 * @throws {ApiError}
 */
async function readAnswer(response) {
  const { status, headers } = response;
  const text = await response.text();
  const json = parse(text);
  if (!response.ok && status !== 304) {
    const code = typeof json?.code === "string" ? json.code : `http_${status}`;
    throw new ApiError(status, code, secondsOf(headers.get("Retry-After")));
  }
  if (text && json === undefined) throw badAnswer(status);
  return { status, etag: headers.get("ETag"), json };
}

/**
 * @param {string} text
 * @returns {any} undefined if it isn't JSON
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string | null} retryAfter */
function secondsOf(retryAfter) {
  const seconds = Number(retryAfter);
  return retryAfter !== null && seconds >= 0 ? seconds : null;
}

/** @param {number} status */
const badAnswer = (status) => new ApiError(status, "bad_answer");

/** @param {unknown} error */
const isUnauthorised = (error) => error instanceof ApiError && error.status === 401;

/**
 * @param {any} list
 * @param {string[]} names of the attributes that must be texts
 * @returns {list is any[]}
 */
const isListOf = (list, names) =>
  Array.isArray(list) && list.every((item) => isTexts(names.map((name) => item?.[name])));

/** @param {any} list */
const isTexts = (list) => Array.isArray(list) && list.every((item) => typeof item === "string");
