import assert from "node:assert/strict";
import { test } from "node:test";
import { lineAt, linesOf } from "../../../../static/js/features/player/mode/lines.js";

test("a phrase is shown a sentence at a time", () => {
  const lines = linesOf(
    "Let your shoulders drop a little. If another position is kinder to your body, use that one.",
  );

  assert.deepEqual(lines, [
    "Let your shoulders drop a little.",
    "If another position is kinder to your body, use that one.",
  ]);
});

test("a short sentence stays with its neighbour", () => {
  assert.deepEqual(linesOf("Steady, perhaps. Or slowly. Or your own name."), [
    "Steady, perhaps. Or slowly. Or your own name.",
  ]);
  assert.deepEqual(linesOf("Welcome. This is a way of slowing down."), [
    "Welcome. This is a way of slowing down.",
  ]);
});

test("words without a full stop are one line", () => {
  assert.deepEqual(linesOf("Rest here"), ["Rest here"]);
  assert.deepEqual(linesOf(""), []);
});

test("Arabic and Urdu sentences end with their own marks", () => {
  const line = "هل تشعر بالأرض تحت قدميك الآن؟";

  assert.deepEqual(linesOf(`${line} ${line}`), [line, line]);
});

test("no word is lost", () => {
  const text = "“Is it rough there, or smooth?” Warm… or cool! Let it move. 1.5 seconds";

  assert.equal(linesOf(text).join(" ").replace(/\s/g, ""), text.replace(/\s/g, ""));
});

test("the line goes on as its letters are spoken", () => {
  const lines = ["aaaa", "bbbbbbbbbbbb"];

  assert.equal(lineAt(lines, 0), "aaaa");
  assert.equal(lineAt(lines, 0.2), "aaaa");
  assert.equal(lineAt(lines, 0.3), "bbbbbbbbbbbb");
  assert.equal(lineAt(lines, 1), "bbbbbbbbbbbb");
});
