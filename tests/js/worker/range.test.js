import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { partOf, SEGMENT, segmentsOf } from "../../../service_worker/range.js";

const { cases } = JSON.parse(
  readFileSync(new URL("../../vectors/ranges.json", import.meta.url), "utf8"),
);

/** As the shared cases write it: [first, last], "whole" or "unsatisfiable". */
function told(part) {
  if (part.status === 206) return [part.first, part.last];
  return part.status === 200 ? "whole" : "unsatisfiable";
}

for (const { range, size, gives } of cases) {
  test(`${JSON.stringify(range)} of ${size} bytes is read as the server reads it`, () => {
    assert.deepEqual(told(partOf(range, size)), gives);
  });
}

test("a part always lies inside the file", () => {
  const header = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.nat()).map(([first, last]) => `bytes=${first}-${last}`),
    fc.nat().map((first) => `bytes=${first}-`),
    fc.nat().map((length) => `bytes=-${length}`),
  );
  fc.assert(
    fc.property(header, fc.nat(), (range, size) => {
      const part = partOf(range, size);
      if (part.status !== 206) return;
      assert.ok(part.first >= 0 && part.first <= part.last && part.last < size);
    }),
  );
});

test("without a Range the whole is answered, whatever the size", () => {
  fc.assert(fc.property(fc.nat(), (size) => assert.deepEqual(partOf(null, size), { status: 200 })));
});

test("the segments of a part hold its bytes, each once and in order", () => {
  const bounds = fc.tuple(fc.nat(9 * SEGMENT), fc.nat(3 * SEGMENT));
  fc.assert(
    fc.property(bounds, ([first, more]) => {
      const last = first + more;
      let next = first;
      for (const { index, from, to } of segmentsOf(first, last)) {
        assert.equal(index * SEGMENT + from, next);
        assert.ok(from < to && to <= SEGMENT);
        next = index * SEGMENT + to;
      }
      assert.equal(next, last + 1);
    }),
  );
});

test("an empty file has no segment", () => {
  assert.deepEqual(segmentsOf(0, -1), []);
});
