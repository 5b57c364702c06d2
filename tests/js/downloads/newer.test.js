import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { holdBusy } from "../../../static/js/platform/busy.js";
import { activateAll } from "../../../static/js/downloads/newer.js";
import {
  listSaved,
  removeRecording,
  savedState,
  saveRecording,
} from "../../../static/js/downloads/recordings.js";
import { SEGMENT } from "../../../static/js/downloads/segments.js";
import { answerSaved } from "../../../service_worker/saved.js";
import { impatient, newPhone, setOnline } from "../support/caches.js";
import * as line from "../support/media-server.js";

const { CAPTIONS, MediaServer, sound, URL_OF } = line;
const OLD = sound(2 * SEGMENT + 777);
const NEW = sound(3 * SEGMENT + 55, 4);

/** @type {import("../support/caches.js").MemoryCaches} */
let phone;

beforeEach(() => {
  phone = newPhone();
  setOnline(true);
});

/** @param {string} [file] */
async function played(file = "calm.mp3") {
  const answer = await answerSaved(new Request(`http://phone.test/saved/en/${file}`));
  return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : null;
}

async function keys() {
  return (await (await caches.open("saved-recordings")).keys()).map(({ url }) => url);
}

/** A phone with the old recording, whose server has a newer one. */
async function withOld() {
  const server = new MediaServer(OLD);
  await saveRecording({ ...server.wanted, captionsUrl: CAPTIONS });
  server.publish(NEW);
  server.captions = "WEBVTT\n\n1\nnewer\n";
  server.asked = [];
  return server;
}

test("a newer recording takes the older one's place whole, with its captions, and leaves nothing of it", async () => {
  const server = await withOld();
  const { sha256 } = server.wanted;
  assert.equal((await savedState(URL_OF, sha256)).replaced, true);

  await saveRecording({ ...server.wanted, captionsUrl: CAPTIONS });

  assert.ok((await played())?.equals(NEW));
  assert.equal(String(await played("calm.vtt")), server.captions);
  assert.equal((await savedState(URL_OF, sha256)).replaced, false);
  assert.equal((await keys()).length, 1 + 4 + 2);
});

test("the older one plays at every moment until the newer one is proved", async () => {
  const server = await withOld();
  const heard = [];
  const listen = async (given) => {
    heard.push((await played())?.equals(OLD), String(await played("calm.vtt")) === "WEBVTT\n");
    return given;
  };
  server.mishaps = [listen, listen, listen, listen, listen];

  await saveRecording({ ...server.wanted, captionsUrl: CAPTIONS });

  assert.deepEqual(heard, Array(10).fill(true));
});

test("a newer one that came in part plays the older one, and goes on where it was", async () => {
  const server = await withOld();
  const pause = new AbortController();
  const stop = (given) => {
    pause.abort();
    return given;
  };
  const fine = (given) => given;
  server.mishaps = [fine, fine, fine, stop];
  const { wanted } = server;
  await assert.rejects(saveRecording(wanted, { signal: pause.signal }), { name: "AbortError" });

  const { state, replaced, newer } = await savedState(URL_OF, wanted.sha256);
  assert.deepEqual(
    [state, replaced, newer],
    ["saved", true, { bytes: 2 * SEGMENT, size: NEW.length }],
  );
  assert.ok((await played())?.equals(OLD));

  server.asked = [];
  await saveRecording(wanted);
  assert.deepEqual(server.asked, [
    `${2 * SEGMENT}-${3 * SEGMENT - 1}`,
    `${3 * SEGMENT}-${NEW.length - 1}`,
  ]);
  assert.ok((await played())?.equals(NEW));
});

test("a newer one that arrived damaged is thrown away, and the older one plays", async () => {
  const server = await withOld();
  const fine = (given) => given;
  server.mishaps = [fine, fine, line.damaged];

  await assert.rejects(saveRecording(server.wanted), { code: "damaged" });

  assert.ok((await played())?.equals(OLD));
  assert.equal((await savedState(URL_OF)).newer, null);
});

test("a phone without room for both keeps the older one", async () => {
  const server = await withOld();
  phone.room = SEGMENT + 5000;

  await assert.rejects(saveRecording(server.wanted), { code: "storage_full" });

  assert.ok((await played())?.equals(OLD));
});

test("a service that goes back to the older one leaves it as it is", async () => {
  const server = await withOld();
  const newer = server.wanted;
  server.mishaps = [
    (given) => given,
    (given) => {
      server.publish(OLD);
      return given;
    },
  ];

  const patient = impatient();
  await saveRecording(newer);
  patient();

  assert.ok((await played())?.equals(OLD));
  assert.equal((await savedState(URL_OF)).newer, null);
});

test("while somebody listens the newer one waits, also over a closed page", async () => {
  const server = await withOld();
  const release = holdBusy();

  await saveRecording(server.wanted);

  assert.ok((await played())?.equals(OLD));
  const [{ state, replaced }] = await listSaved(() => server.wanted.sha256);
  assert.deepEqual([state, replaced], ["saved", false]);
  server.asked = [];
  await saveRecording(server.wanted);
  assert.deepEqual(server.asked, []);

  release();
  await activateAll();
  assert.ok((await played())?.equals(NEW));
});

test("what was cleared away of a newer one while it waited is fetched again", async () => {
  const server = await withOld();
  const release = holdBusy();
  await saveRecording(server.wanted);
  const lost = (await keys()).find((url) => /mp3\/[0-9a-f]{16}\/1$/.test(url));
  await (await caches.open("saved-recordings")).delete(lost);
  release();

  await activateAll();
  assert.ok((await played())?.equals(OLD));
  await saveRecording(server.wanted);

  assert.ok((await played())?.equals(NEW));
});

test("a newer one takes the older one's place on a full phone too, which makes room", async () => {
  const server = await withOld();
  const release = holdBusy();
  await saveRecording(server.wanted);
  release();
  phone.room = 0;

  await activateAll();

  assert.ok((await played())?.equals(NEW));
  assert.ok(phone.room >= OLD.length);
});

test("removing takes both away", async () => {
  const server = await withOld();
  server.mishaps = Array.from({ length: 9 }, (_, turn) =>
    turn < 3 ? (given) => given : line.ownAnswer(404),
  );
  await assert.rejects(saveRecording(server.wanted), { code: "gone" });

  await removeRecording(URL_OF);

  assert.deepEqual(await keys(), []);
});
