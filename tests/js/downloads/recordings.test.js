import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import fc from "fast-check";
import {
  listSaved,
  removeRecording,
  savedState,
  saveRecording,
} from "../../../static/js/downloads/recordings.js";
import { RESERVE } from "../../../static/js/downloads/reserve.js";
import { SEGMENT } from "../../../static/js/downloads/segments.js";
import { answerSaved } from "../../../service_worker/saved.js";
import { impatient, newPhone, setOnline } from "../support/caches.js";
import * as line from "../support/media-server.js";

const { CAPTIONS, MediaServer, sound, URL_OF } = line;
const SIZE = 2 * SEGMENT + 777;
const SOUND = sound(SIZE);

/** @type {import("../support/caches.js").MemoryCaches} */
let phone;

beforeEach(() => {
  phone = newPhone();
  setOnline(true);
});

/** Save without waiting long between tries. */
async function save(server, options) {
  const patient = impatient();
  try {
    await saveRecording(server.wanted, options);
  } finally {
    patient();
  }
}

/** What the worker plays. */
async function played() {
  const answer = await answerSaved(new Request("http://phone.test/saved/en/calm.mp3"));
  return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : null;
}

async function state() {
  const { state, bytes } = await savedState(URL_OF);
  return [state, bytes];
}

test("a recording is saved in segments and plays from the phone as it was published", async () => {
  const server = new MediaServer(SOUND);

  await save(server);

  assert.deepEqual(await state(), ["saved", SIZE]);
  assert.ok((await played())?.equals(SOUND));
  assert.equal(server.asked.length, 3);
});

test("progress grows to the whole, within segments too", async () => {
  const server = new MediaServer(SOUND);
  const seen = [];

  await save(server, { onProgress: ({ bytes, size }) => seen.push([bytes, size]) });

  assert.deepEqual(seen[0], [0, SIZE]);
  assert.deepEqual(seen.at(-1), [SIZE, SIZE]);
  assert.deepEqual(
    seen,
    seen.toSorted(([one], [two]) => one - two),
  );
});

test("a segment that a cut line lost is asked for again, and no other", async () => {
  const server = new MediaServer(SOUND);
  server.mishaps = [(given) => given, line.cutAfter(1000)];

  await save(server);

  const [, lost] = server.asked;
  assert.deepEqual(server.asked.filter((part) => part === lost).length, 2);
  assert.equal(new Set(server.asked).size, 3);
});

for (const [trouble, mishap] of Object.entries({
  "a bad gateway": line.answer(502),
  "a server that needs a moment": line.answer(503),
  "too many requests": line.answer(429, { "retry-after": "0" }),
  "a body that ends early": line.endAfter(10),
  "no connection": line.unreachable,
})) {
  test(`${trouble} keeps what is here and goes on`, async () => {
    const server = new MediaServer(SOUND);
    server.mishaps = [(given) => given, mishap];

    await save(server);

    assert.deepEqual(await state(), ["saved", SIZE]);
    assert.equal(new Set(server.asked).size, 3);
    assert.equal(server.asked.length, 4);
  });
}

for (const status of [401, 403, 511]) {
  test(`a sign-in that answers ${status} ends in its error, and what came stays`, async () => {
    const server = new MediaServer(SOUND);
    server.mishaps = [(given) => given, line.answer(status)];

    await assert.rejects(save(server), { code: "sign_in" });

    assert.deepEqual(await state(), ["partial", SEGMENT]);
    assert.equal(server.asked.length, 2);
    await save(server);
    assert.deepEqual(await state(), ["saved", SIZE]);
    assert.equal(server.asked.length, 4);
  });
}

for (const [name, options] of Object.entries({
  "a proxy that ignores ranges": {},
  "a proxy that ignores ranges and drops the length": { without: ["content-length"] },
  "a proxy that ignores ranges and compresses": {
    without: ["repr-digest"],
    also: { "content-encoding": "gzip", "content-length": "99", etag: 'W/"x"' },
  },
  "a proxy that ignores ranges and drops the tag": { without: ["etag", "repr-digest"] },
})) {
  test(`${name} is taken at its word: one answer has all of it`, async () => {
    const server = new MediaServer(SOUND);
    // The tag that a proxy weakens is still the file's.
    const also = { ...options.also, ...(options.also?.etag && { etag: `W/${server.etag}` }) };
    server.mishaps = [line.rangesUnknown(server, { ...options, also })];

    await save(server);

    assert.deepEqual(await state(), ["saved", SIZE]);
    assert.ok((await played())?.equals(SOUND));
    assert.equal(server.asked.length, 1);
  });
}

test("of a whole answer that is cut, each whole segment stays, and only what is missing is stored again", async () => {
  const server = new MediaServer(SOUND);
  const put = (await caches.open("saved-recordings")).put;
  const stored = [];
  (await caches.open("saved-recordings")).put = function (request, response) {
    stored.push(String(request));
    return put.call(this, request, response);
  };
  server.mishaps = [
    line.rangesUnknown(server, { cut: SEGMENT + 5 }),
    line.rangesUnknown(server, { cut: 2 * SEGMENT + 1 }),
    line.rangesUnknown(server),
  ];

  await save(server);

  assert.deepEqual(await state(), ["saved", SIZE]);
  const segments = stored.filter((path) => /\/\d$/.test(path)).map((path) => path.at(-1));
  assert.deepEqual(segments, ["0", "1", "2"]);
});

test("a line that is cut while a proxy ignores ranges goes on as long as any segment comes", async () => {
  const long = sound(9 * SEGMENT);
  const server = new MediaServer(long);
  server.mishaps = Array.from({ length: 9 }, (_, count) =>
    line.rangesUnknown(server, { cut: (count + 1) * SEGMENT + 9 }),
  );

  await save(server);

  assert.equal((await state())[0], "saved");
});

test("a line that is always cut before the next segment, while a proxy ignores ranges, is told apart", async () => {
  const server = new MediaServer(SOUND);
  server.mishaps = Array.from({ length: 9 }, () =>
    line.rangesUnknown(server, { cut: SEGMENT + 9 }),
  );

  await assert.rejects(save(server), { code: "no_parts" });

  assert.deepEqual(await state(), ["partial", SEGMENT]);
});

test("what is missing in the middle is taken out of a whole answer, and the rest isn't waited for", async () => {
  const server = new MediaServer(SOUND);
  await save(server);
  await (await caches.open("saved-recordings")).delete("/saved/en/calm.mp3/1");
  let isCancelled = false;
  server.mishaps = [
    (given) => given,
    (given) => {
      const whole = line.rangesUnknown(server)(given);
      const stream = new ReadableStream(
        {
          pull: (controller) => controller.enqueue(server.bytes.slice(0, 2 * SEGMENT)),
          cancel: () => void (isCancelled = true),
        },
        { highWaterMark: 0 },
      );
      return new Response(stream, whole);
    },
  ];

  await save(server);

  assert.deepEqual(await state(), ["saved", SIZE]);
  assert.ok(isCancelled);
});

test("an answer isn't read on once the phone is full", async () => {
  const server = new MediaServer(SOUND);
  const { promise: isCancelled, resolve: cancel } = Promise.withResolvers();
  server.mishaps = [
    (given) => {
      const pull = (controller) => controller.enqueue(server.bytes.slice(0, SEGMENT));
      const stream = new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
      return new Response(stream, line.rangesUnknown(server)(given));
    },
  ];
  phone.room = RESERVE + 1000;

  await assert.rejects(save(server), { code: "storage_full" });

  await isCancelled;
});

test("a part that is longer than asked for gives every segment that it holds", async () => {
  const server = new MediaServer(SOUND);
  server.mishaps = [
    (given) => {
      const headers = new Headers(given.headers);
      headers.set("content-range", `bytes 0-${2 * SEGMENT + 9}/${SIZE}`);
      return new Response(SOUND.slice(0, 2 * SEGMENT + 10), { status: 206, headers });
    },
  ];

  await save(server);

  assert.ok((await played())?.equals(SOUND));
  assert.deepEqual(server.asked, [`0-${SEGMENT - 1}`, `${2 * SEGMENT}-${SIZE - 1}`]);
});

for (const status of [200, 206, 404, 410, 416, 503]) {
  test(`a page that a proxy shows with status ${status} keeps what is here, and saving goes on`, async () => {
    const server = new MediaServer(SOUND);
    server.mishaps = [(given) => given, line.foreignPage(status)];

    await save(server);

    assert.deepEqual(await state(), ["saved", SIZE]);
    assert.equal(new Set(server.asked).size, 3);
    assert.equal(server.asked.length, 4);
  });
}

test("a page that a proxy goes on showing ends in an error of its own, and what came stays", async () => {
  const server = new MediaServer(SOUND);
  server.mishaps = [(given) => given, ...Array(9).fill(line.foreignPage(200))];

  await assert.rejects(save(server), { code: "foreign" });

  assert.deepEqual(await state(), ["partial", SEGMENT]);
});

test("a page that a proxy shows doesn't say that a saved recording is the newest", async () => {
  const server = new MediaServer(SOUND);
  await save(server);
  server.publish(sound(SIZE, 9));
  server.mishaps = [line.foreignPage(200)];

  await save(server);

  assert.ok((await played())?.equals(server.bytes));
});

for (const status of [200, 404]) {
  test(`a page that a proxy shows with status ${status} is no captions, and doesn't say that there are none`, async () => {
    const server = new MediaServer(SOUND);
    server.captionMishaps = [line.foreignPage(status)];

    const patient = impatient();
    await saveRecording({ ...server.wanted, captionsUrl: CAPTIONS });
    patient();

    const captions = await answerSaved(new Request("http://phone.test/saved/en/calm.vtt"));
    assert.equal(await captions.text(), server.captions);
  });
}

test("a server that stays in trouble ends in its error, and what came stays", async () => {
  const server = new MediaServer(SOUND);
  server.mishaps = [(given) => given, ...Array(9).fill(line.answer(503))];

  await assert.rejects(save(server), { name: "LaterError" });

  assert.deepEqual(await state(), ["partial", SEGMENT]);
  server.mishaps = [];
  server.asked = [];
  await save(server);
  assert.equal(server.asked.length, 2);
});

test("a wait that the server asks for is kept to", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const server = new MediaServer(SOUND);
  server.mishaps = [line.answer(503, { "retry-after": "20" })];
  const saving = saveRecording(server.wanted);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  while (server.asked.length < 1) await settle();
  for (let turn = 0; turn < 20; turn++) await settle();

  context.mock.timers.tick(19_000);
  for (let turn = 0; turn < 20; turn++) await settle();
  assert.equal(server.asked.length, 1);

  context.mock.timers.tick(2_000);
  await saving;
  assert.deepEqual(await state(), ["saved", SIZE]);
});

test("a line that brings nothing is given up after half a minute and asked again", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const server = new MediaServer(SOUND);
  server.mishaps = [line.stalled];
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const saving = save(server);
  while (server.asked.length < 1) await settle();

  context.mock.timers.tick(29_000);
  for (let turn = 0; turn < 20; turn++) await settle();
  assert.equal(server.asked.length, 1);
  context.mock.timers.tick(2_000);
  await saving;

  assert.equal(server.asked.length, 4);
  assert.deepEqual(await state(), ["saved", SIZE]);
});

test("without a network it waits for one, says so, and goes on", async () => {
  const server = new MediaServer(SOUND);
  server.mishaps = [
    () => {
      setOnline(false);
      return line.unreachable();
    },
  ];
  const waiting = Promise.withResolvers();

  const saving = saveRecording(server.wanted, {
    onProgress: (progress) => progress.waiting && waiting.resolve(progress),
  });

  assert.deepEqual(await waiting.promise, { bytes: 0, size: SIZE, waiting: true });
  setOnline(true);
  await saving;
  assert.deepEqual(await state(), ["saved", SIZE]);
});

test("a recording that was replaced while it was being saved is begun again, and is the new one", async () => {
  const server = new MediaServer(SOUND);
  const newer = sound(SIZE + 5000, 2);
  const older = server.wanted;
  server.mishaps = [
    (given) => {
      server.publish(newer);
      return given;
    },
  ];

  const patient = impatient();
  await saveRecording(older);
  patient();

  assert.ok((await played())?.equals(newer));
  assert.deepEqual(await state(), ["saved", newer.length]);
});

test("a page older than the recording saves the recording that there is", async () => {
  const older = new MediaServer(sound(SEGMENT + 9, 3)).wanted;
  new MediaServer(SOUND);

  await saveRecording(older);

  assert.ok((await played())?.equals(SOUND));
  assert.equal((await savedState(URL_OF, older.sha256)).replaced, false);
});

test("a server that can't decide which recording it has is given up", async () => {
  const server = new MediaServer(SOUND);
  let turn = 0;
  const flip = (given) => {
    server.publish(sound(SIZE, (turn++ % 2) + 5));
    return given;
  };
  server.mishaps = Array(50).fill(flip);

  await assert.rejects(save(server), { code: "replaced" });

  assert.notEqual((await state())[0], "saved");
});

test("a recording that is gone from the server says so, and what came stays", async () => {
  const server = new MediaServer(SOUND);
  server.mishaps = [(given) => given, line.ownAnswer(404)];

  await assert.rejects(save(server), { code: "gone" });

  assert.deepEqual(await state(), ["partial", SEGMENT]);
});

test("a recording that was never there leaves nothing behind", async () => {
  const server = new MediaServer(SOUND);
  server.mishaps = [line.ownAnswer(404)];

  await assert.rejects(save(server), { code: "gone" });

  assert.deepEqual(await listSaved(), []);
});

test("bytes that arrived wrong are not kept", async () => {
  const server = new MediaServer(SOUND);
  server.mishaps = [(given) => given, line.damaged];

  await assert.rejects(save(server), { code: "damaged" });

  assert.deepEqual(await state(), ["none", 0]);
  assert.equal(await played(), null);
  assert.deepEqual(await (await caches.open("saved-recordings")).keys(), []);
});

test("a full phone says so and keeps what came", async () => {
  const server = new MediaServer(SOUND);
  phone.room = RESERVE + SEGMENT + 2000;

  await assert.rejects(save(server), { code: "storage_full" });

  assert.deepEqual(await state(), ["partial", SEGMENT]);
  phone.room = Infinity;
  await save(server);
  assert.deepEqual(await state(), ["saved", SIZE]);
  assert.equal(server.asked.length, 4);
});

test("no segment takes the room that is kept for words", async () => {
  const server = new MediaServer(SOUND);
  phone.room = RESERVE - 1;

  await assert.rejects(save(server), { code: "storage_full" });

  assert.deepEqual(server.asked, []);
  assert.deepEqual(await listSaved(), []);
});

test("a pause keeps what came, and going on asks for the rest alone", async () => {
  const server = new MediaServer(SOUND);
  const pause = new AbortController();
  server.mishaps = [
    (given) => given,
    (given) => {
      pause.abort();
      return given;
    },
  ];

  await assert.rejects(save(server, { signal: pause.signal }), { name: "AbortError" });

  server.asked = [];
  await save(server);
  assert.ok(!server.asked.includes(`0-${SEGMENT - 1}`));
  assert.deepEqual(await state(), ["saved", SIZE]);
});

test("a recording that is removed while a part of it is being stored stays away", async () => {
  const server = new MediaServer(SOUND);
  const cache = await caches.open("saved-recordings");
  const { put } = cache;
  const reached = Promise.withResolvers();
  const held = Promise.withResolvers();
  cache.put = async (request, response) => {
    if (String(request).endsWith("/1")) {
      reached.resolve(undefined);
      await held.promise;
    }
    await put.call(cache, request, response);
  };
  const stop = new AbortController();
  const saving = save(server, { signal: stop.signal });
  await reached.promise;

  stop.abort();
  const removing = removeRecording(URL_OF);
  await new Promise((resolve) => setTimeout(resolve));
  held.resolve(undefined);
  await Promise.allSettled([saving, removing]);

  assert.deepEqual(await listSaved(), []);
  assert.deepEqual(await cache.keys(), []);
});

test("captions are saved beside the voice and removed with it", async () => {
  const server = new MediaServer(SOUND);
  const ask = () => answerSaved(new Request("http://phone.test/saved/en/calm.vtt"));

  await saveRecording({ ...server.wanted, captionsUrl: CAPTIONS });
  assert.equal(await (await ask()).text(), server.captions);

  await removeRecording(URL_OF);
  assert.equal((await ask()).status, 404);
  assert.deepEqual(await listSaved(), []);
});

test("a voice without captions is saved all the same", async () => {
  const server = new MediaServer(SOUND);
  server.captions = null;

  await saveRecording({ ...server.wanted, captionsUrl: CAPTIONS });

  assert.deepEqual(await state(), ["saved", SIZE]);
});

test("a saved recording is not fetched again", async () => {
  const server = new MediaServer(SOUND);
  await save(server);
  server.asked = [];

  await save(server);

  assert.deepEqual(server.asked, ["HEAD"]);
});

test("a saved recording plays on until a newer one is sure to come", async () => {
  const server = new MediaServer(SOUND);
  await save(server);
  server.publish(sound(SIZE, 9));
  const { wanted } = server;
  assert.equal((await savedState(URL_OF, wanted.sha256)).replaced, true);

  server.mishaps = Array(9).fill(line.unreachable);
  await assert.rejects(save(server), TypeError);
  assert.ok((await played())?.equals(SOUND));

  server.mishaps = [];
  await save(server);
  assert.ok((await played())?.equals(server.bytes));
  assert.equal((await savedState(URL_OF, wanted.sha256)).replaced, false);
});

test("what the browser cleared away makes a recording partial, and is fetched alone", async () => {
  const server = new MediaServer(SOUND);
  await save(server);
  await (await caches.open("saved-recordings")).delete("/saved/en/calm.mp3/1");
  assert.deepEqual(await state(), ["partial", SIZE - SEGMENT]);
  server.asked = [];

  await save(server);

  assert.deepEqual(server.asked, ["HEAD", `${SEGMENT}-${2 * SEGMENT - 1}`]);
  assert.ok((await played())?.equals(SOUND));
});

test("looking for what is saved makes nothing", async () => {
  await listSaved();
  await savedState(URL_OF);

  assert.deepEqual(await caches.keys(), []);
});

test("the browser is asked to keep it at the first save alone", async (context) => {
  const server = new MediaServer(SOUND);
  const persist = context.mock.fn(async () => true);
  Object.defineProperty(navigator, "storage", { value: { persist }, configurable: true });
  context.after(() => Reflect.deleteProperty(navigator, "storage"));

  await save(server);
  await removeRecording(URL_OF);
  await save(server);

  assert.equal(persist.mock.callCount(), 1);
});

test("whatever the line does, what plays is what the server has, and cuts cost a segment each", async () => {
  const cut = fc.nat(SEGMENT).map((count) => ["cut", () => line.cutAfter(count)]);
  const passing = fc.constantFrom(
    ["fine", () => (given) => given],
    ["503", () => line.answer(503)],
    ["unreachable", () => line.unreachable],
    ["page", () => line.foreignPage(200)],
    ["missing page", () => line.foreignPage(404)],
  );
  const whole = fc.oneof(
    fc.constant(["whole", (server) => line.rangesUnknown(server)]),
    fc.nat(SIZE - 1).map((cut) => ["cut", (server) => line.rangesUnknown(server, { cut })]),
  );
  const ending = fc.constantFrom(
    ["404", () => line.ownAnswer(404)],
    ["403", () => line.ownAnswer(403)],
    ["damaged", () => line.damaged],
  );
  const mishap = fc.oneof(
    { weight: 4, arbitrary: cut },
    { weight: 4, arbitrary: passing },
    { weight: 4, arbitrary: whole },
    ending,
  );

  await fc.assert(
    fc.asyncProperty(fc.array(mishap, { maxLength: 8 }), async (mishaps) => {
      newPhone();
      const server = new MediaServer(SOUND);
      server.mishaps = mishaps.map(([, make]) => make(server));
      const error = await save(server).then(
        () => null,
        (problem) => problem,
      );

      const happened = mishaps.slice(0, mishaps.length - server.mishaps.length);
      const lost = happened.filter(([kind]) => !["fine", "damaged", "whole"].includes(kind)).length;
      const sound = await played();
      if (error) {
        assert.equal(sound, null);
        assert.notEqual((await state())[0], "saved");
      } else {
        assert.ok(sound?.equals(SOUND));
        assert.ok(server.asked.length <= 3 + lost);
      }
    }),
    { numRuns: 40 },
  );
});
