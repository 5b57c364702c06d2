/** The server as sync.md describes it, in memory, behind `fetch`. */

import { createHash } from "node:crypto";

const MOST_RECORDS = 2_000;
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_SEALED = 64 * 1024;

/** How many earlier sets of live records an account remembers. */
const REMEMBERED = 20;

export class ModelServer {
  /** Accounts by id. */
  accounts = new Map();
  erased = new Set();
  tokens = new Map();
  /** What was asked, as "METHOD /path". */
  log = [];
  joinCode = undefined;
  mostRecords = MOST_RECORDS;

  fetch = async (url, { method, headers, body }) => {
    await null;
    const path = new URL(url, "http://model").pathname.replace("/api/v1", "");
    this.log.push(`${method} ${path.replace(/accounts\/.*/, "accounts")}`);
    const json = body && JSON.parse(body);
    const [, place, name] = path.split("/");
    if (place === "accounts") return this.#account(method, name, json);
    if (place === "tokens") return this.#token(json);
    return this.#records(method, name, headers, json);
  };

  /** For a server that is restored from yesterday's backup. */
  snapshot() {
    const accounts = [...this.accounts].map(([id, { auth, records }]) => [
      id,
      { auth, records: new Map(records) },
    ]);
    return { accounts: new Map(accounts), erased: new Set(this.erased) };
  }

  restore({ accounts, erased }) {
    Object.assign(this, { accounts, erased });
    // What happens from now on must not happen to yesterday's backup.
    Object.assign(this, this.snapshot());
  }

  wipe() {
    this.restore({ accounts: new Map(), erased: new Set() });
  }

  /** Live records of the only account. */
  get live() {
    return [...this.accounts.values()].flatMap(({ records }) => [...records.values()]);
  }

  #account(method, id, { auth, join_code }) {
    if (method === "DELETE") {
      this.accounts.delete(id);
      this.erased.add(id);
      return new Response(null, { status: 204 });
    }
    if (this.erased.has(id)) return problem(410, "account_erased");
    const account = this.accounts.get(id);
    if (account) return account.auth === auth ? answer(200, {}) : problem(409, "account_exists");
    if (this.joinCode && join_code !== this.joinCode) return problem(403, "join_code_needed");
    this.accounts.set(id, { auth, records: new Map() });
    return answer(201, {});
  }

  #token({ account, auth }) {
    if (this.erased.has(account)) return problem(410, "account_erased");
    if (this.accounts.get(account)?.auth !== auth) return problem(401, "unauthorised");
    const token = `token-${this.tokens.size}`;
    this.tokens.set(token, account);
    return answer(201, { token, expires_in: 12 * 3600 });
  }

  #records(method, name, headers, json) {
    const id = this.tokens.get(headers.Authorization?.replace("Bearer ", ""));
    if (this.erased.has(id)) return problem(410, "account_erased");
    const account = this.accounts.get(id);
    if (!account) return problem(401, "unauthorised");
    if (method === "GET") return this.#list(account);
    if (name === "fetch") return this.#fetch(account, json);
    if (name === "changes") return this.#changes(account, json);
    if (name === "remove") return this.#remove(account, json);
    return this.#push(account, json);
  }

  #list({ records }) {
    return answer(200, { records: listOf(records) });
  }

  #changes({ records, sets = new Map() }, { since }) {
    const digest = digestOf(records.keys());
    const before = since === digest ? new Set(records.keys()) : sets.get(since);
    if (!before) return answer(200, { digest, records: listOf(records) });
    const added = listOf(records).filter(({ id }) => !before.has(id));
    const gone = [...before].filter((id) => !records.has(id));
    return answer(200, { digest, added, gone });
  }

  #remove(account, { ids }) {
    if (ids.length < 1 || ids.length > 50) return problem(422, "ids_count");
    const removed = remembering(account, () => ids.filter((id) => account.records.delete(id)));
    return answer(200, { removed: removed.length });
  }

  #fetch({ records }, { ids }) {
    if (ids.length < 1 || ids.length > 50) return problem(422, "invalid");
    return answer(200, { records: ids.flatMap((id) => records.get(id) ?? []) });
  }

  #push(account, json) {
    const size = JSON.stringify(json).length;
    if (size > 512 * 1024) return problem(413, "too_large");
    if (json.records.length < 1 || json.records.length > 20) return problem(422, "invalid");
    const results = remembering(account, () =>
      json.records.map((record) => [record.id, this.#pushOne(account.records, record)]),
    );
    return answer(200, { results: Object.fromEntries(results) });
  }

  #pushOne(records, record) {
    const stored = records.get(record.id);
    if (stored) return JSON.stringify(stored) === JSON.stringify(record) ? "same" : "clash";
    if (record.sealed.length > (MOST_SEALED * 4) / 3 + 4) return "too_large";
    const ofEntry = [...records.values()].filter(({ entry }) => entry === record.entry);
    if (ofEntry.some(({ supersedes }) => supersedes.includes(record.id))) return "superseded";
    const gone = ofEntry.filter(({ id }) => record.supersedes.includes(id));
    const bytes = [...records.values()].reduce((sum, { sealed }) => sum + sealed.length, 0);
    const isFull = records.size - gone.length >= this.mostRecords || bytes > MOST_BYTES;
    if (isFull) return "quota";
    for (const { id } of gone) records.delete(id);
    records.set(record.id, record);
    return "stored";
  }
}

const listOf = (records) => [...records.values()].map(({ id, entry }) => ({ id, entry }));

/** Remember which records were live before a change. */
function remembering(account, change) {
  account.sets ??= new Map();
  account.sets.set(digestOf(account.records.keys()), new Set(account.records.keys()));
  if (account.sets.size > REMEMBERED) account.sets.delete(account.sets.keys().next().value);
  return change();
}

export function digestOf(ids) {
  const sum = [...ids].reduce((total, id) => {
    const hash = createHash("sha256").update(Buffer.from(id, "base64url")).digest("hex");
    return (total + BigInt(`0x${hash}`)) % 2n ** 256n;
  }, 0n);
  return Buffer.from(sum.toString(16).padStart(64, "0"), "hex").toString("base64url");
}

const answer = (status, body) => Response.json(body, { status });

export const problem = (status, code, headers = {}) =>
  Response.json(
    { status, code },
    { status, headers: { "Content-Type": "application/problem+json", ...headers } },
  );
