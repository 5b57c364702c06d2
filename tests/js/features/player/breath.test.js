import assert from "node:assert/strict";
import { test } from "node:test";
import { breathAt } from "../../../../static/js/features/player/mode/breath.js";

const MARKS = ["still", "", "in", "out", "5 6", ""];

test("the light does what the last mark says", () => {
  assert.deepEqual(breathAt(MARKS, 1), { breath: { kind: "still" }, since: 0 });
  assert.deepEqual(breathAt(MARKS, 2), { breath: { kind: "in" }, since: 2 });
  assert.deepEqual(breathAt(MARKS, 3), { breath: { kind: "out" }, since: 3 });
  const { breath, since } = breathAt(MARKS, 5);
  assert.deepEqual(breath, { kind: "rhythm", rhythm: { in: 5, out: 6 } });
  assert.equal(since, 4);
});

test("a script without marks has a slow rhythm from its first phrase on", () => {
  assert.equal(breathAt(["", ""], -1).breath.kind, "still");
  assert.deepEqual(breathAt(["", ""], 0).breath, { kind: "rhythm", rhythm: { in: 4, out: 6 } });
});

test("the light rests until the first mark of a script that has some", () => {
  assert.equal(breathAt(["", "", "in"], 1).breath.kind, "still");
});

test("a mark that a later version has brought lets the light rest", () => {
  assert.equal(breathAt(["hold 4"], 0).breath.kind, "still");
});
