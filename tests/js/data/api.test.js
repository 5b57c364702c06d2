import assert from "node:assert/strict";
import test from "node:test";
import { Api } from "../../../static/js/data/api.js";
import { deriveKeys } from "../../../static/js/data/keys.js";
import { ModelServer, problem } from "../support/model-server.js";
import { createPhone, settle } from "../support/surroundings.js";

const keys = await deriveKeys(new Uint8Array(16));

function open({ server = new ModelServer(), fetch = server.fetch, joinCode } = {}) {
  const phone = createPhone({ fetch, baseUrl: "http://model" });
  return { server, phone, api: new Api(phone.tab(), keys, joinCode) };
}

test("a token is asked for once and used from then on", async () => {
  const { server, api } = open();
  await api.createAccount();

  await api.listRecords();
  await api.listRecords();

  assert.deepEqual(server.log, ["PUT /accounts", "POST /tokens", "GET /records", "GET /records"]);
});

test("the next page uses the token of the last one", async () => {
  const { server, phone, api } = open();
  await api.createAccount();
  await api.listRecords();
  server.log = [];

  await new Api(phone.tab(), keys).listRecords();

  assert.deepEqual(server.log, ["GET /records"]);
});

test("a token of another account is not used", async () => {
  const { server, phone, api } = open();
  await api.createAccount();
  await api.listRecords();
  const others = new Api(phone.tab(), await deriveKeys(new Uint8Array(16).fill(1)));
  await others.createAccount();
  server.log = [];

  await others.listRecords();

  assert.deepEqual(server.log, ["POST /tokens", "GET /records"]);
});

test("a token near its end is renewed before it is used", async () => {
  const { server, phone, api } = open();
  await api.createAccount();
  await api.listRecords();
  phone.clock.time += 12 * 3_600_000 - 30_000;
  server.log = [];

  await api.listRecords();

  assert.deepEqual(server.log, ["POST /tokens", "GET /records"]);
});

test("a token that the server refuses is renewed", async () => {
  const { server, api } = open();
  await api.createAccount();
  await api.listRecords();
  server.tokens.clear();
  server.log = [];

  await api.listRecords();

  assert.deepEqual(server.log, ["GET /records", "POST /tokens", "GET /records"]);
});

test("an account that the server lost is made again, with the join code", async () => {
  const { server, api } = open({ joinCode: "spring" });
  server.joinCode = "spring";
  await api.createAccount();
  await api.listRecords();
  server.wipe();
  server.log = [];

  assert.deepEqual(await api.listRecords(), []);

  const again = ["POST /tokens", "PUT /accounts", "POST /tokens", "GET /records"];
  assert.deepEqual(server.log, ["GET /records", ...again]);
});

test("whether an account exists can be asked without making it", async () => {
  const { server, api } = open();

  assert.equal(await api.hasAccount(), false);
  await api.createAccount();
  assert.equal(await api.hasAccount(), true);
  assert.equal(server.accounts.size, 1);
});

test("nothing secret is in an address", async () => {
  const urls = [];
  const server = new ModelServer();
  const { api } = open({
    fetch: (url, request) => {
      urls.push(url);
      return server.fetch(url, request);
    },
  });
  await api.createAccount();
  await api.listRecords();
  await api.eraseAccount();

  for (const url of urls) assert.ok(!url.includes(keys.auth) && !url.includes("token-"), url);
});

const refusals = {
  "a problem's code": {
    response: () => problem(403, "join_code_needed"),
    facts: { status: 403, code: "join_code_needed", retryAfter: null, isPassing: false },
  },
  "when to come back": {
    response: () => problem(429, "too_many", { "Retry-After": "120" }),
    facts: { status: 429, code: "too_many", retryAfter: 120, isPassing: true },
  },
  "an error without a problem": {
    response: () => new Response("<h1>Bad gateway", { status: 502 }),
    facts: { status: 502, code: "http_502", retryAfter: null, isPassing: true },
  },
  "a full server": {
    response: () => problem(507, "storage_full"),
    facts: { status: 507, code: "storage_full", isPassing: false },
  },
  "a hotel's log-in page": {
    response: () => new Response("<h1>Welcome"),
    facts: { status: 200, code: "bad_answer", isPassing: true },
  },
  "JSON of somebody else": {
    response: () => Response.json({ records: [{ name: "x" }] }),
    facts: { status: 200, code: "bad_answer", isPassing: true },
  },
  "no line": {
    response: () => Promise.reject(new TypeError("Failed to fetch")),
    facts: { status: 0, code: "offline", isPassing: true },
  },
};

for (const [what, { response, facts }] of Object.entries(refusals)) {
  test(`an error tells of ${what}`, async () => {
    const server = new ModelServer();
    const { api } = open({
      fetch: (url, request) => (url.endsWith("/records") ? response() : server.fetch(url, request)),
    });
    await api.createAccount();

    await assert.rejects(api.listRecords(), { name: "ApiError", ...facts });
  });
}

/**
 * A sign-in in front of the server. Like a browser, it lets a request through that brings `pass`: a cookie, or the
 * password in the header that a token would fill.
 */
function signIn(server, { pass, refusal, isSignedIn = true }) {
  const asked = [];
  const fetch = (url, request) => {
    asked.push(request);
    const isFilled = pass === "password" && request.headers.Authorization;
    const brings = isSignedIn && request.credentials === "same-origin" && !isFilled;
    return brings ? server.fetch(url, request) : Promise.resolve(refusal());
  };
  return { asked, fetch };
}

const page = "<h1>Sign in";
const cookieRefusals = {
  401: () => new Response(page, { status: 401 }),
  403: () => new Response(page, { status: 403 }),
  "a redirect": () => new Response(null, { status: 302, headers: { Location: "/sign-in" } }),
};

for (const [what, refusal] of Object.entries(cookieRefusals)) {
  test(`a backup goes through a sign-in that sets a cookie and refuses with ${what}`, async () => {
    const server = new ModelServer();
    const { asked, fetch } = signIn(server, { pass: "cookie", refusal });
    const { api } = open({ server, fetch });
    await api.createAccount();

    await api.listRecords();
    await api.listRecords();

    assert.deepEqual(server.log, ["PUT /accounts", "POST /tokens", "GET /records", "GET /records"]);
    assert.equal(asked.length, 5);
  });

  test(`a sign-in that has expired and refuses with ${what} isn't taken for the server`, async () => {
    const server = new ModelServer();
    const { fetch } = signIn(server, { pass: "cookie", refusal, isSignedIn: false });
    const { api } = open({ server, fetch });

    await assert.rejects(api.hasAccount(), { code: "sign_in" });
    await assert.rejects(api.createAccount(), { code: "sign_in" });
    await assert.rejects(api.listRecords(), { code: "sign_in" });
    assert.deepEqual(server.log, []);
  });
}

test("basic auth that needs the header of the token is named, and no cookie is tried", async () => {
  const server = new ModelServer();
  const challenge = { "WWW-Authenticate": 'Basic realm="Pilot"' };
  const refusal = () => new Response(page, { status: 401, headers: challenge });
  const { asked, fetch } = signIn(server, { pass: "password", refusal });
  const { api } = open({ server, fetch });
  await api.createAccount();

  await assert.rejects(api.listRecords(), { code: "sign_in_clash", isPassing: false });

  // With credentials, the browser would take its password for a wrong one and ask the reader for another.
  const withToken = asked.filter(({ headers }) => headers.Authorization);
  assert.deepEqual(
    withToken.map(({ credentials }) => credentials),
    ["omit"],
  );
});

test("without a sign-in in front, a token goes alone", async () => {
  const requests = [];
  const server = new ModelServer();
  const fetch = (url, request) => {
    requests.push(request);
    return server.fetch(url, request);
  };
  const { api } = open({ server, fetch });
  await api.createAccount();
  await api.listRecords();

  const withToken = requests.filter(({ headers }) => headers.Authorization);
  assert.deepEqual(
    withToken.map(({ credentials }) => credentials),
    ["omit"],
  );
});

/** Never answers, but can be given up. */
const silent = (_, { signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

test("an answer that doesn't come is given up", async () => {
  const { phone, api } = open({ fetch: silent });
  const call = assert.rejects(api.createAccount(), { code: "timeout", isPassing: true });
  await settle();

  await phone.clock.pass(31_000);

  await call;
});

test("calls under way can be stopped", async () => {
  const { api } = open({ fetch: silent });
  const call = assert.rejects(api.createAccount(), { code: "stopped" });
  await settle();

  api.stop();

  await call;
});
