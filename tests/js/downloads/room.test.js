import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { changeQueue, EMPTY, enqueue, readQueue } from "../../../static/js/downloads/queue.js";
import { listSaved, saveRecording } from "../../../static/js/downloads/recordings.js";
import { releaseRoom, RESERVE, reserveRoom } from "../../../static/js/downloads/reserve.js";
import { makeRoom } from "../../../static/js/downloads/room.js";
import { SEGMENT } from "../../../static/js/downloads/segments.js";
import { activeVersion, cachePages, lacksRoom } from "../../../static/js/downloads/snapshots.js";
import { holdBusy } from "../../../static/js/platform/busy.js";
import { impatient, newPhone, setOnline } from "../support/caches.js";
import { newLocalStorage } from "../support/local-storage.js";
import { MediaServer, sound, unreachable } from "../support/media-server.js";
import { digest, Service } from "../support/service.js";

// It would keep the process running.
delete globalThis.BroadcastChannel;

const page = Object.assign(new EventTarget(), { documentElement: { dataset: { locale: "en" } } });
const OLD = { "/en/": "old home", "/en/help": "help" };
const NEW = { "/en/": "new home", "/en/help": "help", "/en/long": "x".repeat(5000) };

/** @type {import("../support/caches.js").MemoryCaches} */
let phone;

beforeEach(() => {
  newLocalStorage();
  phone = newPhone();
  setOnline(true);
  globalThis.document = /** @type {any} */ (page);
  changeQueue(EMPTY);
  Object.defineProperty(navigator, "storage", {
    value: { estimate: async () => ({ quota: phone.room, usage: 0 }) },
    configurable: true,
  });
});

const keep = (options) => cachePages({ locale: "en", ...options });
const isFull = { code: "storage_full" };

/** The versions of the snapshots that have files on the phone. */
async function versionsHere() {
  const here = [];
  for (const name of await caches.keys()) {
    const files = await (await caches.open(name)).keys();
    if (name.startsWith("pages-") && files.length) here.push(name.split("-").at(-1));
  }
  return here;
}

/** A phone whose newest pages don't fit. The room that is left stays the same. */
async function phoneWithoutRoom() {
  const service = new Service(OLD);
  await keep();
  const old = service.version;
  service.publish(NEW);
  phone.room = 4000;
  await assert.rejects(keep(), isFull);
  service.asked = [];
  return { service, old };
}

/** Save only the first segment of a recording. */
async function saveHalf() {
  const server = new MediaServer(sound(2 * SEGMENT));
  server.mishaps = [(given) => given, ...Array(9).fill(unreachable)];
  const patient = impatient();
  await assert.rejects(saveRecording(server.wanted), TypeError);
  patient();
  server.mishaps = [];
  return server;
}

test("an update that doesn't fit gives back all the room that it took", async () => {
  const { old } = await phoneWithoutRoom();

  assert.equal(phone.room, 4000);
  assert.deepEqual(await versionsHere(), [old]);
  assert.equal(await activeVersion("en"), old);
  assert.ok(lacksRoom("en"));
});

test("an update that didn't fit isn't fetched again at the next visit", async () => {
  const { service } = await phoneWithoutRoom();

  await assert.rejects(keep(), isFull);

  assert.deepEqual(service.asked, ["/en/offline.json"]);
});

test("an update that didn't fit is fetched once there is more room", async () => {
  const { service } = await phoneWithoutRoom();
  phone.room = 4000 + SEGMENT;

  assert.equal(await keep(), true);

  assert.equal(await activeVersion("en"), service.version);
  assert.ok(!lacksRoom("en"));
});

test("another update is tried whether or not the one before fitted", async () => {
  const { service } = await phoneWithoutRoom();
  service.publish({ ...NEW, "/en/long": "shorter" });

  assert.equal(await keep(), true);

  assert.ok(!lacksRoom("en"));
});

test("an update that didn't fit is tried again when the reader asks", async () => {
  const { service } = await phoneWithoutRoom();

  await assert.rejects(keep({ again: true }), isFull);

  assert.ok(service.asked.includes("/en/long"));
});

test("an update that didn't fit is tried again after a day, and when the clock was set back", async (context) => {
  const { service } = await phoneWithoutRoom();
  const now = Date.now();
  for (const time of [now + 25 * 3600_000, now - 3600_000]) {
    context.mock.method(Date, "now", () => time);
    service.asked = [];

    await assert.rejects(keep(), isFull);

    assert.ok(service.asked.includes("/en/long"));
  }
});

test("pages of a second language that don't fit leave those of the first as they are", async () => {
  const service = new Service(NEW);
  await keep();
  const arabic = { locale: "ar", version: digest("arabic"), assets: {} };
  const pages = { "/ar/": digest(OLD["/en/"]), "/ar/long": service.list.pages["/en/long"] };
  service.instead.set("/ar/offline.json", () => Response.json({ ...arabic, pages }));
  Object.assign(service.files, { "/ar/": OLD["/en/"], "/ar/long": NEW["/en/long"] });
  phone.room = 4000;

  await assert.rejects(cachePages({ locale: "ar" }), isFull);

  assert.deepEqual(await versionsHere(), [service.version]);
  assert.equal(await activeVersion("en"), service.version);
  assert.deepEqual([lacksRoom("en"), lacksRoom("ar")], [false, true]);
});

test("pages that opened before the last update make room for the next", async () => {
  const service = new Service({ ...OLD, "/en/long": "a".repeat(4000) });
  await keep();
  service.publish(OLD);
  await keep();
  service.publish(NEW);
  phone.room = 2000;
  await assert.rejects(keep(), isFull);
  assert.deepEqual((await versionsHere()).length, 1);

  await keep({ again: true });

  assert.equal(await activeVersion("en"), service.version);
});

test("active pages of which the browser cleared a part away stay when there is no room to complete them", async () => {
  const service = new Service(NEW);
  await keep();
  const cache = await caches.open(`pages-en-${service.version}`);
  await cache.delete("/en/long");
  phone.room = 100;

  await assert.rejects(keep(), isFull);

  assert.ok(await cache.match("/en/"));
  assert.ok(!lacksRoom("en"));
});

test("room for words is kept before pages are stored", async () => {
  const service = new Service(OLD);
  phone.room = RESERVE - 1;

  await assert.rejects(keep(), isFull);

  assert.deepEqual(service.asked, ["/en/offline.json"]);
});

test("a note about complete pages is stored in the room for words, as there is no other", async () => {
  const service = new Service(OLD);
  const list = JSON.stringify({ ...service.list, version: service.version }).length;
  phone.room = RESERVE + Object.values(OLD).join("").length + list;

  assert.equal(await keep(), true);

  assert.equal(await activeVersion("en"), service.version);
});

test("a browser without room for one more cache is as full as any other", async (context) => {
  const service = new Service(OLD);
  await keep();
  service.publish(NEW);
  const open = phone.open.bind(phone);
  context.mock.method(phone, "open", (name) => {
    if (name.endsWith(service.version)) throw new DOMException("full", "QuotaExceededError");
    return open(name);
  });

  await assert.rejects(keep(), isFull);
});

test("room for words is kept once and given away once", async () => {
  const before = (phone.room = 3 * RESERVE);

  await reserveRoom();
  await reserveRoom();
  assert.equal(phone.room, before - RESERVE);

  assert.equal(await releaseRoom(), true);
  assert.equal(phone.room, before);
  assert.equal(await releaseRoom(), false);
});

test("words get the room of an unfinished update, then their own, then that of half a recording", async () => {
  const service = new Service(OLD);
  await keep();
  const old = service.version;
  service.publish(NEW);
  service.instead.set("/en/long", () => new Response(null, { status: 503 }));
  await assert.rejects(keep());
  await saveHalf();
  await reserveRoom();

  assert.equal(await makeRoom(), true);
  assert.deepEqual(await versionsHere(), [old]);
  assert.ok(await caches.match("/room-for-words"));

  assert.equal(await makeRoom(), true);
  assert.equal(await caches.match("/room-for-words"), undefined);
  assert.equal((await listSaved()).length, 1);

  let isTold = false;
  page.addEventListener("recordings-changed", () => (isTold = true), { once: true });
  assert.equal(await makeRoom(), true);
  assert.deepEqual(await listSaved(), []);
  assert.ok(isTold);

  assert.equal(await makeRoom(), false);
  assert.equal(await activeVersion("en"), old);
});

test("words get no room of what is complete", async () => {
  new Service(OLD);
  await keep();
  const server = new MediaServer(sound(SEGMENT + 9));
  await saveRecording(server.wanted);
  await releaseRoom();

  assert.equal(await makeRoom(), false);

  assert.deepEqual(
    (await listSaved()).map(({ state }) => state),
    ["saved"],
  );
});

test("words get the room of half a newer recording, and the older one stays", async () => {
  const server = new MediaServer(sound(SEGMENT + 9));
  await saveRecording(server.wanted);
  server.publish(sound(2 * SEGMENT, 2));
  server.mishaps = [(given) => given, (given) => given, ...Array(9).fill(unreachable)];
  const patient = impatient();
  await assert.rejects(saveRecording(server.wanted), TypeError);
  patient();
  await releaseRoom();
  phone.room = 0;

  assert.equal(await makeRoom(), true);

  assert.ok(phone.room >= SEGMENT);
  const [{ state, newer }] = await listSaved();
  assert.deepEqual([state, newer], ["saved", null]);
});

test("words get the room of complete pages that wait only when nothing else is left", async () => {
  const service = new Service(OLD);
  await keep();
  const old = service.version;
  const release = holdBusy();
  service.publish(NEW);
  await keep();
  await releaseRoom();

  assert.equal(await makeRoom(), true);

  assert.deepEqual(await versionsHere(), [old]);
  assert.ok(lacksRoom("en"));
  release();
});

test("recordings that are being saved are paused, because they would take the room", async () => {
  enqueue(["/media/en/calm.mp3"]);

  await makeRoom();

  const { state, problem, also } = readQueue();
  assert.deepEqual([state, problem, also], ["paused", "storage_full", ["/media/en/calm.mp3"]]);
});

test("an update stops when words need its room while it comes", async () => {
  const service = new Service(OLD);
  await keep();
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, number) => [`/en/${number}`, `page ${number}`]),
  );
  service.publish({ ...OLD, ...many });
  const { promise: reached, resolve: reach } = Promise.withResolvers();
  const { promise: held, resolve: goOn } = Promise.withResolvers();
  service.instead.set("/en/9", () => {
    reach();
    return held.then(() => new Response("page 9"));
  });
  const coming = keep();
  await reached;

  await makeRoom();
  goOn();

  await assert.rejects(coming, isFull);
  assert.ok(service.asked.length < 30);
});
