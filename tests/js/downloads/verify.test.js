import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { checkSaved } from "../../../static/js/downloads/verify.js";
import * as store from "../../../static/js/downloads/store.js";
import { savedState, saveRecording } from "../../../static/js/downloads/recordings.js";
import { SEGMENT } from "../../../static/js/downloads/segments.js";
import { newPhone, setOnline } from "../support/caches.js";
import { CAPTIONS, MediaServer, sound, URL_OF } from "../support/media-server.js";

const SIZE = 3 * SEGMENT + 777;
const PATH = "/saved/en/calm.mp3";

/** @type {MediaServer} */
let server;

beforeEach(async () => {
  newPhone();
  setOnline(true);
  server = new MediaServer(sound(SIZE));
  await saveRecording({ ...server.wanted, captionsUrl: CAPTIONS });
  server.asked = [];
});

const cache = () => caches.open("saved-recordings");
const NOW = Date.now() + 60_000;

async function bend(index) {
  const bytes = sound(SEGMENT, 9);
  await (await cache()).put(`${PATH}/${index}`, new Response(bytes));
}

test("what is all right is left alone, and asks nobody", async () => {
  const found = await checkSaved({ since: NOW });

  assert.deepEqual(found, { recordings: 1, bytes: 0, paths: [] });
  assert.deepEqual(server.asked, []);
  assert.equal((await savedState(URL_OF)).state, "saved");
});

test("what the browser cleared away is told, and fetched alone", async () => {
  await (await cache()).delete(`${PATH}/1`);

  const found = await checkSaved({ since: NOW });
  await saveRecording(server.wanted);

  assert.deepEqual(found, { recordings: 1, bytes: SEGMENT, paths: [PATH] });
  assert.deepEqual(server.asked, ["HEAD", `${SEGMENT}-${2 * SEGMENT - 1}`]);
  assert.equal((await savedState(URL_OF)).state, "saved");
});

test("a segment that changed by itself goes and is fetched alone; nothing else is read again", async () => {
  await bend(2);

  const found = await checkSaved({ since: NOW });
  const { state, lost } = await savedState(URL_OF);
  const reads = countReads();
  await saveRecording(server.wanted);

  assert.deepEqual(found.paths, [PATH]);
  assert.deepEqual([state, lost], ["partial", true]);
  assert.deepEqual(server.asked, ["HEAD", `${2 * SEGMENT}-${3 * SEGMENT - 1}`]);
  assert.equal(reads(), 0);
  assert.deepEqual(await checkSaved({ since: NOW }), { recordings: 1, bytes: 0, paths: [] });
});

test("a segment that comes bent where its sum is known is asked for again", async () => {
  await (await cache()).delete(`${PATH}/0`);
  server.mishaps = [
    (given) => given,
    (given, body) => {
      const wrong = body.slice();
      wrong[5] ^= 1;
      return new Response(wrong, { status: given.status, headers: given.headers });
    },
  ];

  await saveRecording(server.wanted);

  assert.deepEqual(server.asked, ["HEAD", `0-${SEGMENT - 1}`, `0-${SEGMENT - 1}`]);
  assert.deepEqual((await checkSaved({ since: NOW })).paths, []);
});

test("captions that were cleared away come back with the next save", async () => {
  await (await cache()).delete("/saved/en/calm.vtt/0");

  await checkSaved({ since: NOW });
  await saveRecording({ ...server.wanted, captionsUrl: CAPTIONS });

  assert.ok(await store.areCaptionsHere("/saved/en/calm.vtt"));
});

test("a check that is called again goes on with what it hasn't reached", async () => {
  const since = Date.now();
  await checkSaved({ since });
  const reads = countReads();

  await checkSaved({ since });
  assert.equal(reads(), 0);

  await checkSaved({ since: NOW });
  assert.equal(reads(), 4);
});

test("a check that is broken off ends with the reason", async () => {
  await assert.rejects(checkSaved({ since: NOW, signal: AbortSignal.abort() }), {
    name: "AbortError",
  });
});

test("a recording saved by an older build is checked as a whole, and its sums are learnt", async () => {
  const note = await store.noteOf(PATH);
  await store.putNote({ ...note, sums: undefined });

  assert.deepEqual((await checkSaved({ since: NOW })).paths, []);
  assert.equal((await store.noteOf(PATH))?.sums?.length, 4);

  await store.putNote({ ...note, sums: undefined });
  await bend(0);
  assert.deepEqual((await checkSaved({ since: NOW })).bytes, SIZE);
  assert.equal((await savedState(URL_OF)).state, "partial");
  await saveRecording(server.wanted);
  assert.equal((await savedState(URL_OF)).state, "saved");
});

test("what was never whole is none of its business", async () => {
  await store.putNote({ ...(await store.noteOf(PATH)), complete: false });

  assert.deepEqual(await checkSaved({ since: NOW }), { recordings: 0, bytes: 0, paths: [] });
});

test("saving reads nothing back: each segment is summed up as it comes", async () => {
  newPhone();
  const reads = countReads();

  await saveRecording(server.wanted);

  assert.equal(reads(), 0);
  assert.equal((await savedState(URL_OF)).state, "saved");
});

/** Counts segments of the recording that are read from now on. */
function countReads() {
  const phone = globalThis.caches;
  const match = phone.match.bind(phone);
  let count = 0;
  phone.match = (key, options) => {
    if (/\.mp3\/(?:.*\/)?\d+$/.test(String(key))) count++;
    return match(key, options);
  };
  return () => count;
}
