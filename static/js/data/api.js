/**
 * The HTTP client for the backup server (sync.md, "HTTP"). It has one method for each API call. Errors carry the
 * server's own codes.
 */

import { exchange, TooLongError } from "./exchange.js";
import { ApiError, badResponse, clamp, readResponse } from "./response.js";
import { openValue, sealValue } from "./seal.js";

/** @import { Environment } from "./environment.js" */
/** @import { Keys } from "./keys.js" */
/** @import { SealedRecord } from "./record-seal.js" */

/**
 * @typedef {{id: string, entry: string}} LiveRecord the id of a record that no other record has superseded, and the id
 *   of its entry
 */

/**
 * @typedef {"stored" | "same" | "superseded" | "clash" | "too_large" | "quota"} Outcome the result of pushing one
 *   record
 */

/**
 * What has changed on the server: either the changes, or, if the server doesn't know the phone's set, the whole list.
 *
 * @typedef {{digest: string, added: LiveRecord[], gone: string[]} | {digest: string, records: LiveRecord[]}} Changes
 */

/** @typedef {{token: string, expires: number}} Token `expires` is in ms since 1970 */

/** Renew a token that expires sooner than this, in ms. */
const TOKEN_MARGIN = 60_000;

/** The shortest and the longest life of a token, in s, whatever the server says. */
const TOKEN_LIFE = { least: 120, most: 12 * 3_600 };

/** Nobody waits longer than this many times the usual time for a byte. */
const MOST_PATIENCE = 4;

export class Api {
  #env;
  #keys;
  /** @type {Token | undefined} */
  #token;
  #patience = 1;
  #isStopped = false;
  /** What goes with a token, which fills the header of basic auth: cookies, but only if a sign-in wants them. */
  #credentials = /** @type {RequestCredentials} */ ("omit");
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

  /** Abort every request under way, and refuse further ones until `resume`. Each one fails with the code `stopped`. */
  stop() {
    this.#isStopped = true;
    for (const controller of this.#controllers) controller.abort();
  }

  /**
   * Create the account. If it exists already with the same keys, change nothing.
   *
   * @throws {ApiError} `join_code_needed`, `account_exists`, `account_erased` among others
   */
  async createAccount() {
    const { auth } = this.#keys;
    await this.#call("PUT", this.#accountPath, { auth, join_code: this.joinCode });
  }

  /** Erase the account and everything in it. Erasing it a second time is no error. */
  async eraseAccount() {
    await this.#call("DELETE", this.#accountPath, { auth: this.#keys.auth });
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

  /** Allow requests again. */
  resume() {
    this.#isStopped = false;
  }

  /** Wait twice as long for a byte from now on: even one record has timed out. */
  waitLonger() {
    this.#patience = Math.min(MOST_PATIENCE, 2 * this.#patience);
  }

  /**
   * Return all live records.
   *
   * @returns {Promise<LiveRecord[]>}
   */
  async listRecords() {
    const { status, json } = await this.#authorised("GET", "/records");
    if (!isLiveList(json?.records)) throw badResponse(status);
    return json.records;
  }

  /**
   * Return what has changed on the server.
   *
   * @param {string} since digest of the set of live records that this phone knows
   * @returns {Promise<Changes>}
   */
  async changes(since) {
    const { status, json } = await this.#authorised("POST", "/records/changes", { since });
    const { digest, added, gone, records } = json ?? {};
    if (typeof digest !== "string") throw badResponse(status);
    if (isLiveList(records)) return { digest, records };
    if (!isLiveList(added) || !areIds(gone)) throw badResponse(status);
    return { digest, added, gone };
  }

  /**
   * Remove live records from the server. Ids that aren't live are ignored.
   *
   * @param {string[]} ids 1 to 50
   */
  async removeRecords(ids) {
    await this.#authorised("POST", "/records/remove", { ids });
  }

  /**
   * Fetch sealed records by their ids.
   *
   * @param {string[]} ids 1 to 50
   * @returns {Promise<SealedRecord[]>} only those that are still live
   */
  async fetchRecords(ids) {
    const { status, json } = await this.#authorised("POST", "/records/fetch", { ids });
    const records = json?.records;
    const isRecord = (/** @type {any} */ { sealed, supersedes }) =>
      typeof sealed === "string" && areIds(supersedes);
    if (!isLiveList(records) || !records.every(isRecord)) throw badResponse(status);
    return records;
  }

  /**
   * Push sealed records to the server.
   *
   * @param {SealedRecord[]} records 1 to 20, together at most 512 KiB
   * @returns {Promise<Record<string, Outcome>>} by record id
   */
  async pushRecords(records) {
    const { status, json } = await this.#authorised("POST", "/records", { records });
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
   * @param {object} [body]
   */
  async #authorised(method, path, body) {
    const token = await this.#currentToken();
    try {
      return await this.#call(method, path, body, token);
    } catch (error) {
      if (!isUnauthorised(error)) throw error;
      return this.#call(method, path, body, await this.#newToken());
    }
  }

  /** Return a valid token: from memory, from storage or from the server. */
  async #currentToken() {
    this.#token ??= await this.#storedToken();
    const isFresh = this.#token && this.#token.expires > this.#env.now() + TOKEN_MARGIN;
    return isFresh && this.#token ? this.#token.token : this.#newToken();
  }

  /** @returns {Promise<Token | undefined>} undefined if none is stored, or one of another account */
  async #storedToken() {
    const [stored] = await this.#env.storage.read([["meta", "token"]]);
    return openValue(this.#keys.dataKey, "token", stored);
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
    const { account, auth, dataKey } = this.#keys;
    const { status, json } = await this.#call("POST", "/tokens", { account, auth });
    if (typeof json?.token !== "string") throw badResponse(status);
    const life = clamp(Number(json.expires_in), TOKEN_LIFE);
    this.#token = { token: json.token, expires: this.#env.now() + life * 1000 };
    const sealed = await sealValue(dataKey, "token", this.#token);
    await this.#env.storage.write([["meta", "token", sealed]]);
    return this.#token.token;
  }

  /**
   * Send a request. If a sign-in in front of the server responds, send it once more with the browser's cookies.
   *
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {string} [token]
   * @throws {ApiError}
   */
  async #call(method, path, body, token) {
    try {
      return await this.#send(method, path, body, token);
    } catch (error) {
      const isSignIn = error instanceof ApiError && error.code === "sign_in";
      if (!isSignIn || !token || this.#credentials === "same-origin") throw error;
      this.#credentials = "same-origin";
      return this.#send(method, path, body, token);
    }
  }

  /**
   * Send one request and read its response.
   *
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {string} [token]
   * @returns {Promise<{status: number, json: any}>}
   * @throws {ApiError}
   */
  async #send(method, path, body, token) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers["Authorization"] = `Bearer ${token}`;
    /** @type {RequestInit & {body?: string}} */
    const request = {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      // The browser answers a challenge to a request without a token by itself.
      credentials: token ? this.#credentials : "same-origin",
      redirect: "manual",
    };
    if (this.#isStopped) throw new ApiError(0, "stopped");
    const controller = new AbortController();
    this.#controllers.add(controller);
    try {
      const url = `${this.#env.baseUrl}/api/v1${path}`;
      const received = await exchange(this.#env, url, request, controller, this.#patience);
      return readResponse(received, token !== undefined);
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      throw new ApiError(0, failureCode(cause, controller.signal), null, { cause });
    } finally {
      this.#controllers.delete(controller);
    }
  }
}

/**
 * Return the code for a request without a response.
 *
 * @param {unknown} cause
 * @param {AbortSignal} signal
 */
function failureCode(cause, { aborted, reason }) {
  if (aborted) return reason === "timeout" ? "timeout" : "stopped";
  return cause instanceof TooLongError ? "bad_answer" : "offline";
}

/** Whether our server, not a sign-in in front of it, refuses the token or the key. @param {unknown} error */
const isUnauthorised = (error) => error instanceof ApiError && error.code === "unauthorised";

/** @param {any} value */
const isId = (value) => typeof value === "string" && /^[\w-]{22}$/u.test(value);

/** @param {any} values */
const areIds = (values) => Array.isArray(values) && values.every(isId);

/**
 * @param {any} list
 * @returns {list is any[]}
 */
const isLiveList = (list) =>
  Array.isArray(list) && list.every((item) => areIds([item?.id, item?.entry]));
