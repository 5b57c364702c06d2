import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import fc from "fast-check";
import { holdBusy, isAnyTabBusy } from "../../../static/js/platform/busy.js";
import { activeVersion, cachePages, cachedPages } from "../../../static/js/downloads/snapshots.js";
import { newPhone } from "../support/caches.js";
import { Service } from "../support/service.js";

const OLD = { "/en/": "old home", "/en/help": "help", "/en/messages.json": "{}" };
const NEW = { "/en/": "new home", "/en/help": "help", "/en/messages.json": "{ }" };

const keep = () => cachePages({ locale: "en" });

/** What opens: the path's text in the active snapshot. */
async function opens(path) {
  const version = await activeVersion("en");
  const found = version && (await caches.match(path, { cacheName: `pages-en-${version}` }));
  return found ? found.text() : null;
}

async function eventually(holds) {
  for (let turn = 0; turn < 500 && !(await holds()); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
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
  service.instead.set("/en/", () => new Response("newer still"));

  await assert.rejects(keep(), { code: "changed" });
  assert.equal(await opens("/en/"), "old home");

  service.instead.clear();
  await keep();
  assert.equal(await opens("/en/"), "new home");
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
