import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { fromBase64url, toBase32, toBase64url } from "../../../static/js/data/base64.js";

test("base64url gives back the bytes it was made from", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      assert.deepEqual(fromBase64url(toBase64url(bytes)), bytes);
    }),
  );
});

test("base64url is written as node writes it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      assert.equal(toBase64url(bytes), Buffer.from(bytes).toString("base64url"));
    }),
  );
});

for (const text of ["AA==", "AA=", "A", "A A", "AB", "+/+/", "AAé", "AA\n"]) {
  test(`base64url refuses ${JSON.stringify(text)}`, () => {
    assert.throws(() => fromBase64url(text), RangeError);
  });
}

test("base32 agrees with the examples of RFC 4648, section 10", () => {
  const examples = {
    "": "",
    f: "my",
    fo: "mzxq",
    foo: "mzxw6",
    foob: "mzxw6yq",
    fooba: "mzxw6ytb",
  };

  for (const [text, base32] of Object.entries(examples)) {
    assert.equal(toBase32(new TextEncoder().encode(text)), base32);
  }
});
