import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { newPhone } from "../support/caches.js";

const HERE = "http://phone.test";
const VERSION = "0123456789abcdef";

/** The worker's listeners by event. @type {Record<string, (event: any) => void>} */
const listeners = {};
globalThis.self = /** @type {any} */ ({
  location: new URL(HERE),
  addEventListener: (event, listener) => (listeners[event] = listener),
});
await import("../../../service_worker/sw.js");

/** Put pages on the phone and make them the ones that open. */
async function keep(locale, paths) {
  const cache = await caches.open(`pages-${locale}-${VERSION}`);
  for (const path of paths) await cache.put(path, new Response(`kept ${path}`));
  const notes = await caches.open("hearth-active");
  await notes.put(`/active/${locale}`, Response.json({ locale, version: VERSION }));
  await notes.put("/active/last", Response.json({ locale }));
}

/** Ask the worker, as a browser that opens a page or as a script. @returns {Promise<Response>} */
async function ask(path, { mode = "navigate" } = {}) {
  const url = new URL(path, HERE).href;
  const request = { url, method: "GET", mode, destination: "", cache: "default" };
  let answer;
  listeners.fetch({ request, respondWith: (promise) => (answer = promise) });
  return answer;
}

/** Let every request get this answer, and count the requests. */
function service(answer) {
  const fetch = mock.fn(async () => answer());
  globalThis.fetch = /** @type {any} */ (fetch);
  return fetch.mock;
}

const hangs = () => new Promise(() => {});
const cut = () => Promise.reject(new TypeError("Failed to fetch"));
const proxyError = (status) => () => new Response("<h1>Bad gateway</h1>", { status });
const OUT_OF_REACH = { cut, 500: proxyError(500), 502: proxyError(502), 504: proxyError(504) };

/** Where a redirect leads, else what the page says. */
async function outcome(answer) {
  return answer.headers.get("location")?.replace(HERE, "") ?? answer.text();
}

/** Let this much time pass. The answer is then there, and not before. */
async function after(milliseconds, answer) {
  let here = null;
  void answer.then((response) => (here = response));
  await settle();
  mock.timers.tick(milliseconds - 1);
  await settle();
  assert.equal(here, null, "it waits for the service");
  mock.timers.tick(1);
  await settle();
  assert.ok(here, "it waits no longer");
  return here;
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const PAGES = ["/en/", "/en/help", "/en/recordings/", "/en/offline", "/en/messages.json"];

beforeEach(async () => {
  newPhone();
  mock.timers.enable({ apis: ["setTimeout"] });
  await keep("en", PAGES);
});

afterEach(() => mock.timers.reset());

test("a page that is on the phone opens without a request", async () => {
  const requests = service(cut);

  for (const path of ["/en/", "/en/help", "/en/help?x=1", "/en/recordings/"]) {
    assert.equal(await outcome(await ask(path)), `kept ${path.split("?")[0]}`);
  }

  assert.equal(requests.callCount(), 0);
});

for (const [path, target] of Object.entries({
  "/en": "/en/",
  "/en?x=1": "/en/?x=1",
  "/en/help/": "/en/help",
  "/en/help/?x=1": "/en/help?x=1",
  "/en/recordings": "/en/recordings/",
})) {
  test(`${path} leads to ${target} without a request, as it does on the server`, async () => {
    const requests = service(cut);

    const answer = await ask(path);

    assert.deepEqual([answer.status, await outcome(answer)], [308, target]);
    assert.equal(requests.callCount(), 0);
  });
}

for (const [name, answer] of Object.entries(OUT_OF_REACH)) {
  test(`"/" leads to the last language while the service can't be reached (${name})`, async () => {
    service(answer);

    assert.equal(await outcome(await ask("/")), "/en/");
  });

  test(`a page that isn't on the phone gets the offline page (${name})`, async () => {
    service(answer);

    for (const path of ["/en/new", "/ar/help"]) {
      assert.equal(await outcome(await ask(path)), "kept /en/offline");
    }
  });
}

test("a line that hangs at / counts as none after three seconds", async () => {
  service(hangs);

  assert.equal(await outcome(await after(3_000, ask("/"))), "/en/");
});

test("a line that hangs at a page that isn't here counts as none after half a minute", async () => {
  service(hangs);

  assert.equal(await outcome(await after(30_000, ask("/en/new"))), "kept /en/offline");
});

test("a notice of maintenance at / isn't the service's", async () => {
  service(() => new Response("<h1>Back soon</h1>"));

  assert.equal(await outcome(await ask("/")), "/en/");
});

test("a redirect or a refusal at / is for the browser", async () => {
  service(() => Response.redirect("http://portal.test/", 302));
  assert.equal(await outcome(await ask("/")), "http://portal.test/");

  service(() => new Response("Sign in", { status: 403 }));
  assert.equal(await outcome(await ask("/")), "Sign in");
});

test("what the service says about a page that isn't on the phone is shown", async () => {
  for (const status of [200, 403, 404]) {
    service(() => new Response("said", { status }));
    assert.equal(await outcome(await ask("/en/new")), "said");
  }
});

test("what isn't a page of the app is shown as it comes", async () => {
  service(proxyError(503));

  assert.equal((await ask("/healthz/store")).status, 503);
});

test("a phone that has nothing shows what comes, however late", async () => {
  newPhone();

  for (const path of ["/", "/en", "/en/help"]) {
    service(proxyError(502));
    assert.equal((await ask(path)).status, 502);
    service(cut);
    await assert.rejects(ask(path), TypeError);
    const late = Promise.withResolvers();
    service(() => late.promise);
    const answer = ask(path);
    await settle();
    mock.timers.tick(60_000);
    late.resolve(new Response("late"));
    assert.equal(await outcome(await answer), "late");
  }
});

test("a phone whose last language was cleared away shows what comes", async () => {
  await caches.delete(`pages-en-${VERSION}`);
  service(proxyError(502));

  assert.equal((await ask("/")).status, 502);
});

test("a script gets the service's answer as it is", async () => {
  service(proxyError(502));

  const kept = await ask("/en/messages.json", { mode: "cors" });
  const missing = await ask("/en/items.json", { mode: "cors" });

  assert.deepEqual([await kept.text(), missing.status], ["kept /en/messages.json", 502]);
});

test("a page that a sign-in refuses is left to the browser, which asks for the password", async () => {
  service(() => new Response("Who are you?", { status: 401 }));

  for (const path of ["/en/new", "/ar/learn/"]) {
    assert.equal(await outcome(await ask(path)), `/sign-in?${path}`);
  }
  assert.equal(await ask("/sign-in?/en/new"), undefined);
  assert.equal(await outcome(await ask("/en/help")), "kept /en/help");
  assert.equal((await ask("/ar/messages.json", { mode: "cors" })).status, 401);
});
