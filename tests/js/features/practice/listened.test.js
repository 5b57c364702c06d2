import assert from "node:assert/strict";
import { test } from "node:test";
import { minutesOf } from "../../../../static/js/features/practice/listened.js";

/** The parts that were heard, from and to a place in seconds. */
const played = (...parts) => ({
  length: parts.length,
  start: (part) => parts[part][0],
  end: (part) => parts[part][1],
});

test("what was heard counts, in whole minutes", () => {
  assert.equal(minutesOf(played([0, 370]), 397), 6);
  assert.equal(minutesOf(played([0, 100], [200, 397]), 397), 5);
  assert.equal(minutesOf(played([0, 20]), 22), 1);
});

test("who has skipped to the end isn't told a length", () => {
  assert.equal(minutesOf(played([0, 30], [390, 397]), 397), 0);
  assert.equal(minutesOf(played(), 0), 0);
});
