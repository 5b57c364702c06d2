import "../support/english-page.js";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";
import {
  changeQueue,
  EMPTY,
  enqueue,
  exclude,
  readQueue,
} from "../../../static/js/downloads/queue.js";
import { listSaved } from "../../../static/js/downloads/recordings.js";
import { impatient, newPhone, setOnline } from "../support/caches.js";
import { newLocalStorage } from "../support/local-storage.js";

const SIZE = 1000;
const CHOICE = { voice: "sam", every: false, short: false, others: [] };

const page = Object.assign(new EventTarget(), {
  documentElement: { dataset: { locale: "en" } },
  visibilityState: "visible",
});
const connection = Object.assign(new EventTarget(), { type: "wifi" });
/** What the server has: libraries by language, responses that wait, other responses by address. */
let server = { libraries: {}, list: null, held: new Map(), instead: new Map(), asked: [] };
let managers = 0;
// It would keep the process running.
delete globalThis.BroadcastChannel;

beforeEach(() => {
  newLocalStorage();
  globalThis.document = page;
  globalThis.fetch = answer;
  Object.defineProperty(navigator, "connection", { value: connection, configurable: true });
  connection.type = "wifi";
  setOnline(true);
  newPhone();
  server = { libraries: {}, list: null, held: new Map(), instead: new Map(), asked: [] };
  changeQueue(EMPTY);
});

/** @param {string} url */
async function answer(url, { signal } = {}) {
  signal?.throwIfAborted();
  const wait = (promise) =>
    new Promise((resolve, reject) => {
      promise?.then(resolve) ?? resolve();
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  if (url.endsWith("recordings.json")) {
    await wait(server.list);
    const library = server.libraries[url.split("/")[1]];
    if (typeof library === "function") return library();
    if (!library) throw new TypeError("no connection");
    return Response.json(library);
  }
  server.asked.push(url);
  await wait(server.held.get(url));
  const instead = server.instead.get(url);
  if (instead) return instead();
  const headers = { "content-range": `bytes 0-${SIZE - 1}/${SIZE}`, "content-type": "audio/mpeg" };
  return new Response(bytesOf(url), { status: 206, headers });
}

const address = (slug, locale = "en") => `/media/${locale}/${slug}.mp3`;
const bytesOf = (url) => Buffer.alloc(SIZE, url);

function sound(slug, locale = "en") {
  const sha256 = createHash("sha256")
    .update(bytesOf(address(slug, locale)))
    .digest("hex");
  const file = { address: address(slug, locale), version: "full", voice: "sam", voiceName: "Sam" };
  return { ...file, locale, sha256, bytes: SIZE, slug, title: slug };
}

/** A library with these recordings. */
function library(...sounds) {
  const recordings = sounds.map((file) => ({ slug: file.slug, title: file.title, files: [file] }));
  return { locale: "en", recordings, others: [] };
}

/** The manager of another page. */
async function newManager() {
  const { downloads } = await import(`../../../static/js/downloads/manager.js?page=${++managers}`);
  return downloads;
}

async function until(condition) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
}

const saved = async () =>
  (await listSaved()).filter(({ state }) => state === "saved").map(({ slug }) => slug);
const isOver = () => readQueue().state !== "going";

test("asking for one recording fetches nothing else of a choice that is done", async () => {
  server.libraries.en = library(...["a", "b", "c"].map((slug) => sound(slug)));
  changeQueue({ state: "done", choice: CHOICE });
  const downloads = await newManager();

  downloads.request([sound("a")]);
  await until(isOver);

  assert.deepEqual(server.asked, [address("a")]);
  assert.equal(readQueue().state, "done");
});

test("pausing the recordings of one page leaves those of another, and holds", async () => {
  const downloads = await newManager();
  const hold = Promise.withResolvers();
  for (const slug of ["a", "b", "c"]) server.held.set(address(slug), hold.promise);
  downloads.request([sound("a"), sound("b")]);
  downloads.request([sound("c")]);
  await until(() => server.asked.includes(address("c")));

  // "x" was never requested: the help page passes all that it misses.
  downloads.pause([address("a"), address("b"), address("x")]);
  hold.resolve();
  await until(isOver);
  downloads.request([sound("d")]);
  await until(isOver);

  assert.deepEqual((await saved()).sort(), ["c", "d"]);
});

test("what was paused with all the rest isn't resumed by another request", async () => {
  const downloads = await newManager();
  server.held.set(address("a"), new Promise(() => {}));
  downloads.request([sound("a")]);
  await until(() => server.asked.length);
  downloads.pauseAll();
  await until(() => downloads.status === null);

  downloads.request([sound("b")]);
  await until(isOver);

  assert.deepEqual(server.asked, [address("a"), address("b")]);
});

test("a request that comes while the list is fetched isn't lost", async () => {
  const list = Promise.withResolvers();
  server.list = list.promise;
  server.libraries.en = library(sound("a"));
  enqueue([address("gone")]);
  const downloads = await newManager();
  downloads.begin();
  await until(() => downloads.status?.phase === "looking");

  downloads.request([sound("a")]);
  list.resolve();
  await until(isOver);

  assert.deepEqual(await saved(), ["a"]);
  assert.equal(downloads.problemOf(address("gone")), "gone");
});

test("a pause while the list is fetched ends the wait for it", async () => {
  server.list = new Promise(() => {});
  changeQueue({ state: "going", choice: CHOICE });
  const downloads = await newManager();
  downloads.begin();
  await until(() => downloads.status?.phase === "looking");

  downloads.pauseAll();

  await until(() => downloads.status === null);
  assert.equal(readQueue().state, "paused");
});

test("a remembered request is found in the library of its own language", async () => {
  server.libraries = { en: library(), ar: library(sound("a", "ar")) };
  enqueue([address("a", "ar")]);
  const downloads = await newManager();

  downloads.begin();
  await until(isOver);

  assert.deepEqual(await saved(), ["a"]);
});

test("a remembered request that no list can explain yet waits for one", async () => {
  server.libraries = { en: library(sound("b")) };
  enqueue([address("a", "ar"), address("b")]);
  const downloads = await newManager();

  downloads.begin();
  await until(() => downloads.status?.phase === "unreachable");
  assert.deepEqual(await saved(), ["b"]);
  assert.deepEqual(readQueue().also, [address("a", "ar")]);

  server.libraries.ar = library(sound("a", "ar"));
  setOnline(true);
  await until(isOver);
  assert.deepEqual((await saved()).sort(), ["a", "b"]);
});

test("a sign-in in front of the service leaves nothing out, and saving goes on after it", async () => {
  server.libraries.en = library(sound("a"), sound("b"));
  server.instead.set(address("a"), () => new Response("Who are you?", { status: 401 }));
  changeQueue({ state: "going", choice: CHOICE });
  const downloads = await newManager();

  downloads.begin();
  await until(() => downloads.status?.phase === "sign_in");
  assert.deepEqual([readQueue().state, downloads.problemOf(address("a"))], ["going", ""]);

  server.instead.clear();
  page.dispatchEvent(new Event("visibilitychange"));
  await until(isOver);
  assert.deepEqual((await saved()).sort(), ["a", "b"]);
});

for (const [name, list] of Object.entries({
  "a page that a proxy shows": () => new Response("<p>Back soon</p>"),
  "a missing page of a proxy's": () => new Response("<p>Not found</p>", { status: 404 }),
  "JSON of something else": () => Response.json({ error: "sign in" }),
})) {
  test(`${name} in place of a list takes nothing out of the queue`, async () => {
    server.libraries = { en: library(), ar: list };
    enqueue([address("a", "ar")]);
    const downloads = await newManager();

    downloads.begin();
    await until(() => downloads.status?.phase === "unreachable");

    assert.deepEqual(readQueue().also, [address("a", "ar")]);
    server.libraries.ar = library(sound("a", "ar"));
    setOnline(true);
    await until(isOver);
    assert.deepEqual(await saved(), ["a"]);
  });
}

test("a language that Hearth says it no longer has is gone", async () => {
  const headers = { hearth: "1" };
  server.libraries = { en: library(), ar: () => new Response(null, { status: 404, headers }) };
  enqueue([address("a", "ar")]);
  const downloads = await newManager();

  downloads.begin();
  await until(isOver);

  assert.equal(downloads.problemOf(address("a", "ar")), "gone");
});

test("while something else answers in place of the service, that is said, and saving goes on after it", async () => {
  const phases = new Set();
  const stop = new AbortController();
  const downloads = await newManager();
  server.instead.set(address("a"), () => new Response("<p>Sign in</p>"));
  downloads.follow(() => phases.add(downloads.status?.phase), stop.signal);
  const patient = impatient();

  downloads.request([sound("a")]);
  await until(() => phases.has("foreign"));
  server.instead.clear();
  await until(isOver);

  patient();
  stop.abort();
  assert.deepEqual(await saved(), ["a"]);
});

test("on mobile data only what was asked for by itself is fetched", async () => {
  connection.type = "cellular";
  server.libraries.en = library(sound("a"), sound("b"));
  changeQueue({ state: "going", choice: CHOICE });
  const downloads = await newManager();

  downloads.request([sound("b")]);
  await until(() => downloads.status?.phase === "metered");

  assert.deepEqual(server.asked, [address("b")]);
  downloads.pauseAll();
  await until(() => downloads.status === null);
});

test("removing the recording that filled the phone ends the pause", () => {
  enqueue([address("a")]);
  changeQueue({ state: "paused", problem: "storage_full" });

  exclude([address("a")]);

  assert.deepEqual([readQueue().state, readQueue().problem], ["none", ""]);
});

test("a listener of a page that was left isn't kept", async () => {
  const downloads = await newManager();
  let calls = 0;

  downloads.follow(() => calls++, AbortSignal.abort());
  downloads.request([sound("a")]);
  await until(isOver);

  assert.equal(calls, 0);
});
