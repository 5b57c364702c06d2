import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import fc from "fast-check";
import { holdBusy, isAnyTabBusy } from "../../../static/js/platform/busy.js";
import {
  activeVersion,
  cachePages,
  cachedPages,
  keepPages,
  pagesProblem,
} from "../../../static/js/downloads/snapshots.js";
import { newPhone } from "../support/caches.js";
import { digest, Service } from "../support/service.js";

const OLD = { "/en/": "old home", "/en/help": "help", "/en/messages.json": "{}" };
const NEW = { "/en/": "new home", "/en/help": "help", "/en/messages.json": "{ }" };

const keep = () => cachePages({ locale: "en" });

/** What opens: the path's text in the active snapshot. */
async function opens(path) {
  const version = await activeVersion("en");
  const found = version && (await caches.match(path, { cacheName: `pages-en-${version}` }));
  return found ? found.text() : null;
}

async function eventually(holds, later = (resolve) => setTimeout(resolve, 2)) {
  for (let turn = 0; turn < 500 && !(await holds()); turn++) await new Promise(later);
  assert.ok(await holds());
}

beforeEach(() => newPhone());

test("all of a version is brought and opens", async () => {
  const service = new Service(OLD, { "/static/a-1.js": "script" });

  assert.equal(await keep(), true);

  assert.equal(await activeVersion("en"), service.version);
  assert.equal(await opens("/en/"), "old home");
  assert.equal(await opens("/static/a-1.js"), "script");
  assert.equal(await cachedPages("en"), 2);
});

test("a newer version takes its place, and only what changed is fetched", async () => {
  const service = new Service(OLD);
  await keep();
  service.publish(NEW);
  service.asked = [];

  await keep();

  assert.equal(await opens("/en/"), "new home");
  assert.deepEqual(service.asked.toSorted(), ["/en/", "/en/messages.json", "/en/offline.json"]);
});

test("the version before stays for tabs that are open, older ones go", async () => {
  const service = new Service(OLD);
  await keep();
  const versions = [service.version];
  for (const text of ["two", "three"]) {
    service.publish({ ...OLD, "/en/": text });
    versions.push(service.version);
    await keep();
  }

  const left = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  assert.deepEqual(
    left.toSorted(),
    versions
      .slice(1)
      .map((each) => `pages-en-${each}`)
      .toSorted(),
  );
});

test("a version that changes while it is fetched is not used, and the old one stays", async () => {
  const service = new Service(OLD);
  await keep();
  service.publish(NEW);
  let turn = 0;
  service.instead.set("/en/", () => {
    service.publish({ ...NEW, "/en/help": `help ${turn++}` });
    return new Response("newer still");
  });

  await assert.rejects(keep(), { code: "changed" });
  assert.equal(await opens("/en/"), "old home");

  service.instead.clear();
  await keep();
  assert.equal(await opens("/en/"), "new home");
});

test("behind a sign-in that knows this browser, all of a version is brought", async () => {
  const service = new Service(OLD, { "/static/a-1.js": "script" });
  service.isGuarded = true;

  assert.equal(await keep(), true);

  assert.equal(await opens("/static/a-1.js"), "script");
});

const signIns = {
  "a refusal": () => new Response("Who are you?", { status: 401 }),
  "a page with a button": () => new Response("<button>Sign in</button>", { status: 403 }),
  "a redirect, as a script sees it": () =>
    /** @type {any} */ ({ type: "opaqueredirect", status: 0, ok: false, body: null }),
};

for (const [what, signIn] of Object.entries(signIns)) {
  test(`a sign-in that answers with ${what} is named, and the old version stays`, async () => {
    const service = new Service(OLD);
    await keep();
    service.publish(NEW);
    Object.assign(service, { isGuarded: true, knows: false, signIn });

    await assert.rejects(keep(), { code: "sign_in" });
    assert.equal(await opens("/en/"), "old home");

    service.knows = true;
    await keep();
    assert.equal(await opens("/en/"), "new home");
  });
}

test("a sign-in that begins in the middle of a version is named", async () => {
  const service = new Service(OLD);
  service.instead.set("/en/help", signIns["a refusal"]);

  await assert.rejects(keep(), { code: "sign_in" });

  assert.equal(await activeVersion("en"), null);
});

test("a version that comes in the middle is fetched at once", async () => {
  const service = new Service(OLD);
  await keep();
  service.publish(NEW);
  service.instead.set("/en/", () => {
    service.instead.clear();
    service.publish({ ...NEW, "/en/": "newest home" });
    return service.fetch("/en/");
  });

  assert.equal(await keep(), true);

  assert.equal(await opens("/en/"), "newest home");
});

const COMMENT = "<!-- a filter was here -->";
/** Let something on the way change these files, as long as they are served. */
function alter(service, paths, headers = {}) {
  for (const path of paths) {
    service.instead.set(path, () => new Response(service.files[path] + COMMENT, { headers }));
  }
}

test("files that something changes on their way are told from an update, and never kept", async () => {
  const service = new Service(OLD);
  await keep();
  service.publish({ ...NEW, "/en/learn/": "learn" });
  alter(service, ["/en/"]);

  await assert.rejects(keep(), { code: "altered", message: /^\/en\/ / });

  assert.equal(await opens("/en/"), "old home");
  const next = await caches.open(`pages-en-${service.version}`);
  assert.equal(await next.match("/en/"), undefined);
  assert.equal(await (await next.match("/en/learn/")).text(), "learn");
});

test("the service's tag on a changed file makes it no other version", async () => {
  const service = new Service(OLD);
  alter(service, ["/en/"], { etag: `W/"${digest("old home")}"` });

  await assert.rejects(keep(), { code: "altered" });
});

test("a file with another tag of the service is another version's", async () => {
  const service = new Service(NEW);
  const headers = { etag: `W/"${digest("old home")}"` };
  service.instead.set("/en/", () => new Response("old home", { headers }));

  await assert.rejects(keep(), { code: "changed" });
});

test("a file that the service doesn't have yet is another version's", async () => {
  const service = new Service(NEW);
  service.instead.set("/en/help", () => new Response(null, { status: 404 }));

  await assert.rejects(keep(), { code: "changed" });
});

test("while something changes files, later visits ask for one of them alone", async () => {
  const service = new Service(OLD);
  alter(service, Object.keys(OLD));
  await assert.rejects(keep(), { code: "altered" });
  service.asked = [];

  await assert.rejects(keep(), { code: "altered" });

  assert.equal(service.asked.length, 2);
  assert.equal(service.asked[0], "/en/offline.json");
});

test("a file that was changed on its way and is another version's now is an update", async () => {
  const service = new Service(OLD);
  alter(service, ["/en/help"]);
  await assert.rejects(keep(), { code: "altered" });
  service.instead.set("/en/help", () => new Response(null, { status: 404 }));

  await assert.rejects(keep(), { code: "changed" });
});

test("on another network everything is fetched, and nothing of the trouble stays", async () => {
  const service = new Service(OLD);
  alter(service, ["/en/help"]);
  await assert.rejects(keep(), { code: "altered" });
  service.instead.clear();

  assert.equal(await keep(), true);

  assert.equal(await opens("/en/help"), "help");
  assert.equal(await caches.match("/altered/en"), undefined);
});

/** A worker that has started. It keeps what pages tell it. */
class Started {
  told = [];

  postMessage({ type }) {
    this.told.push(type);
  }
}

/** Let the browser start the worker, or not. */
function worker(register, { controller = null, active = new Started() } = {}) {
  const container = { register, controller, ready: Promise.resolve({ active }) };
  Object.defineProperty(navigator, "serviceWorker", { value: container, configurable: true });
}

test("the document remembers why its pages could not be updated, until they are", async () => {
  const service = new Service(OLD);
  worker(async () => ({ waiting: null }));
  alter(service, ["/en/help"]);

  await assert.rejects(keepPages({ locale: "en" }));
  assert.equal(pagesProblem().code, "altered");

  service.instead.clear();
  assert.equal(await keepPages({ locale: "en" }), true);
  assert.equal(pagesProblem(), null);
});

test("without a worker no pages are brought, since nothing could open them", async () => {
  const service = new Service(OLD);
  const error = new TypeError("Failed to register a ServiceWorker");
  worker(() => Promise.reject(error));

  await assert.rejects(keepPages({ locale: "en" }), error);

  assert.equal(pagesProblem(), error);
  assert.deepEqual(service.asked, []);
});

test("a page that the worker has missed asks for it, and no other page does", async () => {
  new Service(OLD);
  const missed = new Started();
  worker(async () => ({ waiting: null }), { active: missed });
  await keepPages({ locale: "en" });

  const controller = new Started();
  worker(async () => ({ waiting: null }), { controller, active: controller });
  await keepPages({ locale: "en" });

  assert.deepEqual(missed.told, ["claim"]);
  assert.deepEqual(controller.told, []);
});

test("a worker that never comes ends the try, and it is said", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  worker(() => new Promise(() => {}));
  const trying = assert.rejects(keepPages({ locale: "en" }), TypeError);

  t.mock.timers.tick(30_000);

  await trying;
  assert.ok(pagesProblem() instanceof TypeError);
});

const html =
  (status = 200) =>
  () =>
    new Response("<h1>Back soon</h1>", { status, headers: { "content-type": "text/html" } });
const says = (document) => () => Response.json(document);
const VALID = { locale: "en", version: digest("list"), pages: { "/en/": digest("") }, assets: {} };
/** What else a phone gets in place of the list. @type {Record<string, () => Response>} */
const OTHERS = {
  "a notice of maintenance": html(),
  ...Object.fromEntries([404, 410, 429, 500, 503].map((status) => [status, html(status)])),
  nothing: () => new Response(null),
  null: says(null),
  "a text": says("Sign in"),
  "an array": says([]),
  "another document": says({ error: "sign in", version: 2 }),
  "another language's list": says({ ...VALID, locale: "ar" }),
  "a list without a version": says({ ...VALID, version: undefined }),
  "a list with a name for a version": says({ ...VALID, version: "../x" }),
  "a list without pages": says({ ...VALID, pages: {} }),
  "a list without home": says({ ...VALID, pages: { "/en/help": digest("") } }),
  "a list without files": says({ ...VALID, assets: undefined }),
  "a list of texts": says({ ...VALID, pages: { "/en/": "home" } }),
  "a list of addresses elsewhere": says({ ...VALID, assets: { "https://x.test/": digest("") } }),
};

for (const [name, answer] of Object.entries(OTHERS)) {
  test(`${name} in place of the list changes nothing`, async () => {
    const service = new Service(OLD);
    await keep();
    const before = await caches.keys();
    service.publish(NEW);
    service.instead.set("/en/offline.json", answer);

    await assert.rejects(keep(), (error) => !("code" in error));

    assert.deepEqual(await caches.keys(), before);
    assert.equal(await opens("/en/"), "old home");
    service.instead.clear();
    assert.equal(await keep(), true);
  });
}

test("a notice of maintenance in place of everything is no update and no filter", async () => {
  const service = new Service(OLD);
  await keep();
  service.publish(NEW);
  // It begins after the list was sent.
  service.instead.set("/en/", () => {
    service.instead.set("/en/offline.json", html());
    return html()();
  });

  await assert.rejects(keep(), (error) => !("code" in error));

  assert.equal(await opens("/en/"), "old home");
});

for (const status of [429, 502, 503]) {
  test(`a file that is answered with ${status} is fetched later`, async () => {
    const service = new Service(OLD);
    service.instead.set("/en/help", html(status));
    await assert.rejects(keep(), (error) => !("code" in error));
    service.instead.clear();

    assert.equal(await keep(), true);
  });
}

test("an old list out of a cache on the way brings back a whole old version", async () => {
  const service = new Service(OLD);
  await keep();
  const old = { ...service.list, version: service.version };
  service.publish(NEW);
  await keep();
  service.instead.set("/en/offline.json", says(old));

  await keep();

  assert.equal(await opens("/en/"), "old home");
});

for (const path of ["/en/offline.json", "/en/help"]) {
  test(`a line that hangs at ${path} is given up after half a minute of silence`, async (t) => {
    const service = new Service(OLD);
    t.mock.timers.enable({ apis: ["setTimeout"] });
    service.hanging.add(path);
    const kept = keep();
    const outcome = assert.rejects(kept, { name: "AbortError" });
    await eventually(() => service.asked.includes(path), setImmediate);
    await eventually(() => service.hung === 1, setImmediate);

    t.mock.timers.tick(30_000);

    await outcome;
    service.hanging.clear();
    assert.equal(await keep(), true);
  });
}

test("a file that comes slowly is waited for as long as something arrives", async (t) => {
  const service = new Service(OLD);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let pulled = 0;
  const pull = async (controller) => {
    pulled += 1;
    t.mock.timers.tick(20_000);
    if (pulled > 4) controller.close();
    else controller.enqueue(Buffer.from("help"[pulled - 1]));
  };
  const body = () => new ReadableStream({ pull }, { highWaterMark: 0 });
  service.instead.set("/en/help", () => new Response(body()));

  assert.equal(await keep(), true);

  assert.equal(await opens("/en/help"), "help");
});

test("a phone without room says so, and the old version stays", async () => {
  const service = new Service(OLD);
  await keep();
  service.publish({ ...NEW, "/en/long": "x".repeat(5000) });
  globalThis.caches.room = 4000;

  await assert.rejects(keep(), { code: "storage_full" });

  assert.equal(await opens("/en/"), "old home");
});

test("while a tab is busy the newer version waits, and comes in when none is", async () => {
  const service = new Service(OLD);
  await keep();
  service.publish(NEW);
  const release = holdBusy();

  assert.equal(await keep(), false);
  assert.equal(await opens("/en/"), "old home");

  release();
  await eventually(async () => (await opens("/en/")) === "new home");
});

test("a tab that gets busy while another stops keeps the newer version waiting", async () => {
  const service = new Service(OLD);
  await keep();
  service.publish(NEW);
  const first = holdBusy();
  await keep();
  const second = holdBusy();

  first();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(await opens("/en/"), "old home");

  second();
  await eventually(async () => (await opens("/en/")) === "new home");
});

test("a version that waited comes in offline too", async () => {
  const service = new Service(OLD);
  await keep();
  const old = service.version;
  service.publish(NEW);
  await keep();
  // As if the tab that was to let it in had been closed.
  const notes = await caches.open("hearth-active");
  await notes.put("/waiting/en", Response.json({ locale: "en", version: service.version }));
  await notes.put("/active/en", Response.json({ locale: "en", version: old }));
  service.isThere = false;

  await assert.rejects(keep(), TypeError);

  assert.equal(await opens("/en/"), "new home");
});

test("a version that is not whole never comes in, offline neither", async () => {
  const service = new Service(OLD);
  await keep();
  service.publish(NEW);
  service.instead.set("/en/messages.json", () => new Response(null, { status: 503 }));
  await assert.rejects(keep());
  service.isThere = false;

  await assert.rejects(keep(), TypeError);

  assert.equal(await opens("/en/"), "old home");
});

test("a service that goes back to an older version is followed", async () => {
  const service = new Service(OLD);
  await keep();
  const release = holdBusy();
  service.publish(NEW);
  await keep();
  service.publish(OLD);

  assert.equal(await keep(), true);
  release();

  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(await opens("/en/"), "old home");
});

test("what the browser cleared away is fetched again", async () => {
  const service = new Service(OLD);
  await keep();
  await (await caches.open(`pages-en-${service.version}`)).delete("/en/help");
  service.asked = [];

  await keep();

  assert.deepEqual(service.asked, ["/en/offline.json", "/en/help"]);
  assert.equal(await opens("/en/help"), "help");
});

test("progress counts every file", async () => {
  new Service(OLD);
  const seen = [];

  await cachePages({
    locale: "en",
    onProgress: ({ done, total }) => seen.push(`${done}/${total}`),
  });

  assert.deepEqual(seen, ["1/3", "2/3", "3/3"]);
});

test("the front door leads to the language that was opened last", async () => {
  new Service(OLD);
  await keep();
  const cache = await caches.open("hearth-active");
  await cache.put("/active/last", Response.json({ locale: "ar" }));

  await keep();

  assert.equal((await (await cache.match("/active/last")).json()).locale, "en");
});

test("two tabs that open at once fetch everything once", async () => {
  const service = new Service(OLD);

  await Promise.all([keep(), keep()]);

  const counted = service.asked.filter((path) => path !== "/en/offline.json");
  assert.deepEqual(counted.toSorted(), Object.keys(OLD).toSorted());
});

test("a shared hold ends with the tab that took it", async () => {
  assert.equal(await isAnyTabBusy(), false);
  const one = holdBusy();
  const two = holdBusy();
  assert.equal(await isAnyTabBusy(), true);
  one();
  await eventually(async () => isAnyTabBusy());
  two();
  await eventually(async () => !(await isAnyTabBusy()));
});

test("whatever fails on the way, what opens is one whole version", async () => {
  const text = fc.constantFrom("one", "two", "three");
  const pages = fc.record({ "/en/": text, "/en/help": text, "/en/learn/": text });
  const trouble = fc.option(fc.constantFrom("/en/", "/en/help", "/en/learn/", "/en/offline.json"));
  const visit = fc.record({ pages, trouble, room: fc.constantFrom(Infinity, 30, 200) });

  await fc.assert(
    fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 6 }), async (visits) => {
      newPhone();
      const service = new Service({});
      const published = [];
      for (const { pages: files, trouble: path, room } of visits) {
        service.publish(files);
        published.push(JSON.stringify(files));
        service.instead.clear();
        if (path) service.instead.set(path, () => new Response(null, { status: 500 }));
        globalThis.caches.room = room;
        await keep().catch(() => {});

        if (!(await activeVersion("en"))) continue;
        const shown = {};
        for (const page of Object.keys(files)) shown[page] = await opens(page);
        assert.ok(published.includes(JSON.stringify(shown)), JSON.stringify(shown));
      }
    }),
    { numRuns: 60 },
  );
});
