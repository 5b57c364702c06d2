import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { factsOf, meaningOf, retryAfter } from "../../../static/js/downloads/response.js";
import { SEGMENT } from "../../../static/js/downloads/segments.js";

const SHA = createHash("sha256").update("one").digest("hex");
const DIGEST = `sha-256=:${Buffer.from(SHA, "hex").toString("base64")}:`;
const OTHER = `sha-256=:${createHash("sha256").update("two").digest("base64")}:`;
const KNOWN = { size: 3 * SEGMENT, sha256: SHA, etag: '"one"' };

/** @param {Record<string, string>} [headers] */
function part(headers) {
  return new Headers({
    "content-range": `bytes ${SEGMENT}-${2 * SEGMENT - 1}/${KNOWN.size}`,
    "repr-digest": DIGEST,
    etag: KNOWN.etag,
    ...headers,
  });
}

const meaning = (status, headers) => meaningOf(status, headers, 1, KNOWN);

test("the head of a part tells size, sum, tag and type of the whole", () => {
  const facts = factsOf(206, part({ "content-type": "audio/mpeg" }));

  assert.deepEqual(facts, {
    size: 3 * SEGMENT,
    sha256: SHA,
    etag: '"one"',
    type: "audio/mpeg",
  });
});

test("the size of a whole answer is its length", () => {
  assert.equal(factsOf(200, new Headers({ "content-length": "7" })).size, 7);
});

test("a digest is found among others, and a malformed one is no digest", () => {
  const told = (field) => factsOf(206, new Headers({ "repr-digest": field })).sha256;

  assert.equal(told(`sha-512=:AAAA:, ${DIGEST}`), SHA);
  for (const field of ["", "sha-256=", "sha-256=:AAAA:", "md5=:AAAA:", `x${DIGEST}`]) {
    assert.equal(told(field), null, field);
  }
});

test("the bytes that were asked for are a part", () => {
  assert.equal(meaning(206, part()), "part");
});

test("a part is still one where a proxy weakened the tag or dropped the digest", () => {
  const headers = part({ etag: 'W/"one"' });
  headers.delete("repr-digest");

  assert.equal(meaning(206, headers), "part");
});

test("another size, sum or tag is another file", () => {
  assert.equal(meaning(206, part({ "content-range": "bytes 0-9/10" })), "changed");
  assert.equal(meaning(206, part({ "repr-digest": OTHER })), "changed");
  assert.equal(meaning(206, part({ etag: '"two"' })), "changed");
  assert.equal(meaning(200, new Headers({ etag: '"two"' })), "changed");
  assert.equal(meaning(416, new Headers({ "content-range": "bytes */10" })), "changed");
});

test("the same file whole, or another part of it, is no reason to throw anything away", () => {
  const whole = new Headers({ "content-length": String(KNOWN.size), etag: KNOWN.etag });

  assert.equal(meaning(200, whole), "later");
  assert.equal(meaning(206, part({ "content-range": `bytes 0-1/${KNOWN.size}` })), "later");
});

test("a server in trouble is asked again later", () => {
  for (const status of [408, 425, 429, 500, 502, 503, 504]) {
    assert.equal(meaning(status, new Headers()), "later", String(status));
  }
});

test("a missing file is gone, and a refusal is a refusal", () => {
  assert.deepEqual(
    [404, 410].map((status) => meaning(status, new Headers())),
    ["gone", "gone"],
  );
  for (const status of [400, 401, 403, 405]) {
    assert.equal(meaning(status, new Headers()), "refused", String(status));
  }
});

test("nothing but an answer of the file itself can say that the file has changed", () => {
  const headers = fc.record({ etag: fc.constant('"two"'), "content-length": fc.constant("9") });
  const status = fc.integer({ min: 201, max: 599 }).filter((one) => one !== 206 && one !== 416);
  fc.assert(
    fc.property(status, headers, (code, fields) => {
      assert.notEqual(meaning(code, new Headers(fields)), "changed");
    }),
  );
});

test("Retry-After is read as seconds and as a date", () => {
  const now = Date.parse("2026-11-22T14:00:00Z");
  const wait = (field) => retryAfter(new Headers({ "retry-after": field }), now);

  assert.equal(wait("7"), 7000);
  assert.equal(wait("Sun, 22 Nov 2026 14:00:09 GMT"), 9000);
  assert.equal(wait("Sun, 22 Nov 2026 13:00:00 GMT"), 0);
  assert.equal(wait("soon"), null);
  assert.equal(retryAfter(new Headers(), now), null);
});
