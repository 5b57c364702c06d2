import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import fc from "fast-check";
import { SEGMENT } from "../../../service_worker/range.js";
import { answerSaved } from "../../../service_worker/saved.js";
import { newPhone } from "../support/caches.js";

const PATH = "/saved/en/calm.mp3";
const ETAG = '"one"';
const WHOLE = new Uint8Array(2 * SEGMENT + 5000).map((_, index) => (index * 7) % 251);

/** Keep a recording as the page keeps it. */
async function keep(bytes, { complete = true, place = undefined } = {}) {
  const cache = await caches.open("saved-recordings");
  const note = { size: bytes.length, type: "audio/mpeg", etag: ETAG, complete, place };
  await cache.put(PATH, new Response(JSON.stringify(note)));
  for (let index = 0; index * SEGMENT < bytes.length; index++) {
    const segment = bytes.slice(index * SEGMENT, (index + 1) * SEGMENT);
    await cache.put(`${place ?? PATH}/${index}`, new Response(segment));
  }
}

/** @param {Record<string, string>} [headers] */
function ask(headers, method = "GET") {
  return answerSaved(new Request(`http://phone.test${PATH}`, { method, headers }));
}

/** @param {Response} answer */
async function bytesOf(answer) {
  return Buffer.from(await answer.arrayBuffer());
}

beforeEach(() => newPhone());

test("without a Range all of it is answered", async () => {
  await keep(WHOLE);

  const answer = await ask();

  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-length"), String(WHOLE.length));
  assert.equal(answer.headers.get("content-range"), null);
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  assert.ok((await bytesOf(answer)).equals(WHOLE));
});

test("any range gives exactly its bytes, over the seams of segments too", async () => {
  await keep(WHOLE);
  const near = fc.constantFrom(0, SEGMENT, 2 * SEGMENT, WHOLE.length - 2);
  const place = fc.tuple(near, fc.integer({ min: -3, max: 3 })).map(([at, by]) => at + by);
  const bounds = fc.tuple(place, fc.nat(WHOLE.length)).filter(([first]) => first >= 0);

  await fc.assert(
    fc.asyncProperty(bounds, async ([first, more]) => {
      fc.pre(first < WHOLE.length);
      const last = Math.min(first + more, WHOLE.length - 1);

      const answer = await ask({ Range: `bytes=${first}-${first + more}` });

      assert.equal(answer.status, 206);
      assert.equal(answer.headers.get("content-range"), `bytes ${first}-${last}/${WHOLE.length}`);
      assert.equal(answer.headers.get("content-length"), String(last - first + 1));
      assert.ok((await bytesOf(answer)).equals(WHOLE.subarray(first, last + 1)));
    }),
    { numRuns: 40 },
  );
});

test("a range outside the file is refused with its size", async () => {
  await keep(WHOLE);

  const answer = await ask({ Range: `bytes=${WHOLE.length}-` });

  assert.equal(answer.status, 416);
  assert.equal(answer.headers.get("content-range"), `bytes */${WHOLE.length}`);
});

test("HEAD tells the size of the whole and sends nothing", async () => {
  await keep(WHOLE);

  const answer = await ask({ Range: "bytes=0-1" }, "HEAD");

  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-length"), String(WHOLE.length));
  assert.equal((await bytesOf(answer)).length, 0);
});

test("If-Range with this file's tag gets the part, with another's the whole", async () => {
  await keep(WHOLE);

  const same = await ask({ Range: "bytes=0-1", "If-Range": ETAG });
  const other = await ask({ Range: "bytes=0-1", "If-Range": '"two"' });
  const dated = await ask({ Range: "bytes=0-1", "If-Range": "Sun, 06 Nov 1994 08:49:37 GMT" });

  assert.deepEqual([same.status, other.status, dated.status], [206, 200, 200]);
});

test("a newer recording is answered from where it was put beside the older one", async () => {
  await keep(new Uint8Array(WHOLE.length));
  await keep(WHOLE, { place: `${PATH}/0123456789abcdef` });

  const answer = await ask({ Range: `bytes=${SEGMENT - 3}-${SEGMENT + 3}` });

  assert.ok((await bytesOf(answer)).equals(WHOLE.subarray(SEGMENT - 3, SEGMENT + 4)));
});

test("a recording that is here only in part is not answered", async () => {
  await keep(WHOLE, { complete: false });

  assert.equal((await ask()).status, 404);
});

test("a recording that was never saved is not answered", async () => {
  assert.equal((await ask()).status, 404);
});

test("a segment that the browser cleared away makes it an absent recording, not a torn one", async () => {
  await keep(WHOLE);
  await (await caches.open("saved-recordings")).delete(`${PATH}/1`);

  assert.equal((await ask()).status, 404);
  assert.equal((await ask({ Range: "bytes=0-1" })).status, 206);
});

test("an empty file is answered whole", async () => {
  await keep(new Uint8Array());

  const answer = await ask({ Range: "bytes=-5" });

  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-length"), "0");
});

test("nothing can be written to it", async () => {
  const answer = await ask({}, "POST");

  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get("allow"), "GET, HEAD");
});
