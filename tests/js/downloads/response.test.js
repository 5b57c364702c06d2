import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { bodySpan, factsOf, meaningOf, retryAfter } from "../../../static/js/downloads/response.js";
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

test("the length of a compressed answer is not the file's, and its tag is the file's", () => {
  const headers = { "content-length": "5", "content-encoding": "gzip", etag: '"one-gzip"' };
  const { size, etag } = factsOf(200, new Headers(headers));

  assert.deepEqual([size, etag], [null, '"one"']);
});

test("a digest is found among others, and a malformed one is no digest", () => {
  const told = (field) => factsOf(206, new Headers({ "repr-digest": field })).sha256;

  assert.equal(told(`sha-512=:AAAA:, ${DIGEST}`), SHA);
  for (const field of ["", "sha-256=", "sha-256=:AAAA:", "md5=:AAAA:", `x${DIGEST}`]) {
    assert.equal(told(field), null, field);
  }
});

test("the bytes that were asked for are taken", () => {
  assert.equal(meaning(206, part()), "bytes");
});

test("the bytes that were asked for are taken among others", () => {
  const more = part({ "content-range": `bytes 0-${KNOWN.size - 1}/${KNOWN.size}` });
  const unknownTotal = part({ "content-range": `bytes ${SEGMENT}-${2 * SEGMENT}/*` });
  const whole = new Headers({ "content-length": String(KNOWN.size), etag: KNOWN.etag });

  assert.equal(meaning(206, more), "bytes");
  assert.equal(meaning(206, unknownTotal), "bytes");
  assert.equal(meaning(200, whole), "bytes");
});

test("the whole file is taken whatever a proxy does to its headers", () => {
  const marked = { hearth: "1" };
  for (const headers of [
    { ...marked, etag: 'W/"one"', "content-encoding": "gzip", "content-length": "77" },
    { ...marked, etag: '"one-gzip"' },
    { ...marked, etag: '"of-the-proxy"', "repr-digest": DIGEST },
    { "repr-digest": DIGEST },
    { etag: KNOWN.etag },
    { "content-length": String(KNOWN.size) },
    marked,
  ]) {
    assert.equal(meaning(200, new Headers(headers)), "bytes", JSON.stringify(headers));
  }
});

test("a part says which bytes of the file it holds, unless it is encoded or makes no sense", () => {
  const span = (field, headers) =>
    bodySpan(206, new Headers({ ...headers, "content-range": field }), 100);

  assert.deepEqual(span("bytes 10-19/100"), { first: 10, last: 19 });
  assert.deepEqual(bodySpan(200, new Headers(), 100), { first: 0, last: 99 });
  for (const field of ["", "bytes */100", "bytes 19-10/100", "bytes 90-100/100", "10-19/100"]) {
    assert.equal(span(field), null, field);
  }
  assert.equal(span("bytes 10-19/100", { "content-encoding": "br" }), null);
  assert.equal(bodySpan(416, new Headers({ "content-range": "bytes 0-9/100" }), 100), null);
});

test("a part is still one where a proxy weakened the tag or dropped the digest", () => {
  const headers = part({ etag: 'W/"one"' });
  headers.delete("repr-digest");

  assert.equal(meaning(206, headers), "bytes");
});

test("another size, sum or tag is another file", () => {
  assert.equal(meaning(206, part({ "content-range": "bytes 0-9/10" })), "changed");
  assert.equal(meaning(206, part({ "repr-digest": OTHER })), "changed");
  assert.equal(meaning(200, new Headers({ hearth: "1", etag: '"two"' })), "changed");
  const unsatisfied = { hearth: "1", "content-range": "bytes */10" };
  assert.equal(meaning(416, new Headers(unsatisfied)), "changed");
});

test("another part of the same file is no reason to throw anything away", () => {
  assert.equal(meaning(206, part({ "content-range": `bytes 0-1/${KNOWN.size}` })), "later");
});

test("a server in trouble is asked again later", () => {
  for (const status of [408, 425, 429, 500, 502, 503, 504]) {
    assert.equal(meaning(status, new Headers()), "later", String(status));
  }
});

test("a missing file is gone, and a refusal is a refusal, if Hearth says so", () => {
  const ours = new Headers({ hearth: "1" });

  assert.deepEqual(
    [404, 410].map((status) => meaning(status, ours)),
    ["gone", "gone"],
  );
  for (const status of [400, 401, 403, 405]) {
    assert.equal(meaning(status, ours), "refused", String(status));
  }
});

test("whatever anything but Hearth says, it means later", () => {
  const status = fc.integer({ min: 200, max: 599 });
  const headers = fc.record(
    {
      etag: fc.constantFrom('"two"', '"5f3-61a"', "W/x"),
      "content-length": fc.constantFrom("0", "612", "70000"),
      "content-range": fc.constantFrom("bytes */612", "bytes 0-611/612", "bytes 0-1/*"),
      "content-type": fc.constantFrom("text/html", "audio/mpeg"),
      "content-encoding": fc.constantFrom("gzip", "identity"),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(status, headers, (code, fields) => {
      assert.match(meaning(code, new Headers(fields)), /^(later|foreign)$/);
    }),
  );
});

test("nothing but an answer of the file itself can say that the file has changed", () => {
  const headers = fc.record({
    hearth: fc.constant("1"),
    etag: fc.constant('"two"'),
    "content-length": fc.constant("9"),
  });
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
