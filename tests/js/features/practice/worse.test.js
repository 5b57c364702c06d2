import assert from "node:assert/strict";
import { test } from "node:test";
import { isWorseAgain } from "../../../../static/js/features/practice/worse.js";

const note = (day, before, after) => ({
  created: `2026-11-${day}T10:00:00.000Z`,
  practice: { recording: "hill", version: "full", day: "", before, after, words: "" },
});
const worksheet = { created: "2026-11-29T10:00:00.000Z" };

test("twice worse in a row is noticed, in whatever order the notes come", () => {
  assert.equal(isWorseAgain([note(10, 6, 4), note(12, 5, 2), note(11, 7, 6)]), true);
});

test("once, or with a better one between, says nothing", () => {
  assert.equal(isWorseAgain([note(12, 5, 2)]), false);
  assert.equal(isWorseAgain([note(12, 5, 2), note(11, 4, 4), note(10, 6, 2)]), false);
  assert.equal(isWorseAgain([note(12, 5, 6), note(11, 7, 6), note(10, 6, 2)]), false);
});

test("worksheets and notes without both answers don't count", () => {
  const entries = [worksheet, note(12, 5, 2), note(11, null, 1), note(10, 3, null), note(9, 4, 3)];

  assert.equal(isWorseAgain(entries), true);
});
