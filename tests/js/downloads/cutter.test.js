import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Cutter } from "../../../static/js/downloads/cutter.js";
import { SEGMENT } from "../../../static/js/downloads/segments.js";
import { sound } from "../support/media-server.js";

const SIZE = 3 * SEGMENT + 777;
const SOUND = sound(SIZE);

/** Cut what arrives in such pieces from `first` to `last`. @param {number[]} lengths */
function cut(first, last, lengths) {
  const cutter = new Cutter(first, SIZE);
  const segments = [];
  let from = first;
  for (const length of [...lengths, SIZE]) {
    const to = Math.min(from + length, last + 1);
    for (const { index, bytes } of cutter.add(SOUND.subarray(from, to))) {
      segments.push([index, new Uint8Array(bytes)]);
    }
    from = to;
  }
  return segments;
}

test("however the bytes arrive, each segment that is among them comes out once and whole", () => {
  const lengths = fc.array(fc.oneof(fc.nat(70_000), fc.nat(2 * SEGMENT)), { maxLength: 20 });
  fc.assert(
    fc.property(fc.nat(SIZE - 1), fc.nat(SIZE - 1), lengths, (one, other, pieces) => {
      const [first, last] = one < other ? [one, other] : [other, one];
      const whole = [0, 1, 2, 3].filter(
        (index) => first <= index * SEGMENT && last >= Math.min((index + 1) * SEGMENT, SIZE) - 1,
      );

      const segments = cut(first, last, pieces);

      assert.deepEqual(
        segments.map(([index]) => index),
        whole,
      );
      for (const [index, bytes] of segments) {
        const expected = SOUND.subarray(index * SEGMENT, (index + 1) * SEGMENT);
        assert.ok(Buffer.from(bytes).equals(expected));
      }
    }),
    { numRuns: 40 },
  );
});

test("it says how much of the present segment has arrived", () => {
  const cutter = new Cutter(0, SIZE);

  const segments = [...cutter.add(SOUND.subarray(0, SEGMENT + 5))];

  assert.equal(segments.length, 1);
  assert.deepEqual([cutter.index, cutter.count], [1, 5]);
});
