import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as worker from "../../../service_worker/range.js";
import {
  bytesOf,
  firstMissing,
  SEGMENT,
  segmentCount,
  spanOf,
} from "../../../static/js/downloads/segments.js";

const size = fc.oneof(
  fc.nat(5 * SEGMENT),
  fc
    .tuple(fc.nat(5), fc.integer({ min: -1, max: 1 }))
    .map(([n, by]) => Math.max(0, n * SEGMENT + by)),
);

test("the page and the worker cut recordings into the same segments", () => {
  assert.equal(SEGMENT, worker.SEGMENT);
});

test("the spans of all segments cover a file without gap or overlap", () => {
  fc.assert(
    fc.property(size, (bytes) => {
      let next = 0;
      for (let index = 0; index < segmentCount(bytes); index++) {
        const { first, last } = spanOf(index, bytes);
        assert.equal(first, next);
        assert.ok(last >= first);
        next = last + 1;
      }
      assert.equal(next, bytes);
    }),
  );
});

test("the first missing segment is missing, and all before it are here", () => {
  fc.assert(
    fc.property(size, fc.array(fc.nat(6)), (bytes, numbers) => {
      const here = new Set(numbers);
      const missing = firstMissing(here, bytes);
      const before = missing ?? segmentCount(bytes);
      for (let index = 0; index < before; index++) assert.ok(here.has(index));
      if (missing !== null) assert.ok(!here.has(missing) && missing < segmentCount(bytes));
    }),
  );
});

test("all segments together are the whole file, and none of them nothing", () => {
  fc.assert(
    fc.property(size, (bytes) => {
      const all = new Set(Array.from({ length: segmentCount(bytes) }, (_, index) => index));
      assert.equal(bytesOf(all, bytes), bytes);
      assert.equal(bytesOf(new Set(), bytes), 0);
    }),
  );
});

test("a segment beyond the end counts nothing", () => {
  assert.equal(bytesOf(new Set([0, 1, 5]), 10), 10);
});
