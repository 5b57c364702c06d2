import assert from "node:assert/strict";
import { test } from "node:test";
import { isFromHearth } from "../../../static/js/downloads/from-hearth.js";

test("a response with the server's mark or a digest is from Hearth", () => {
  assert.ok(isFromHearth(new Headers({ hearth: "1" })));
  assert.ok(isFromHearth(new Headers({ "repr-digest": "sha-256=:AAAA:" })));
});

for (const [name, headers] of Object.entries({
  "nginx's maintenance page": { "content-type": "text/html", etag: '"5f3-61a"', server: "nginx" },
  "a page of an object store": { etag: '"9e107d9d372bb6826bd81d3542a419d6"', server: "AmazonS3" },
  "a page for signing in": { "content-type": "text/html", "cache-control": "no-store" },
  "a bare refusal": {},
})) {
  test(`${name} is not from Hearth`, () => {
    assert.ok(!isFromHearth(new Headers(headers)));
  });
}
