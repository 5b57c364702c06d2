import "../support/english-page.js";
import assert from "node:assert/strict";
import test from "node:test";
import { letterOf, paragraphsOf } from "../../../static/js/answers/letter.js";

const QUESTIONS = new Map([
  ["reader", { type: "choice" }],
  ["voice", { type: "text" }],
  ["hurts", { type: "long" }],
  ["wish", { type: "text" }],
  ["letter", { type: "long" }],
]);

/** @param {Record<string, any>} values @returns {any} */
const entryOf = (values) => ({
  fields: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, [{ value, changed: 0, here: true }]]),
  ),
});

test("the answers that make up a letter are read in the order of their page", () => {
  const entry = entryOf({
    wish: "Rest. ",
    hurts: "You are tired.\n\nYou are alone.",
    reader: "today",
    voice: "low",
  });

  assert.deepEqual(paragraphsOf(entry, QUESTIONS), ["You are tired.", "You are alone.", "Rest."]);
});

test("a letter that was put together is read instead of its parts", () => {
  const entry = entryOf({ hurts: "You are tired.", letter: "Dear you,\nrest." });

  assert.deepEqual(paragraphsOf(entry, QUESTIONS), ["Dear you,", "rest."]);
});

test("with no list of questions it is read as it was written", () => {
  assert.deepEqual(paragraphsOf(entryOf({ wish: "Rest.", scale: 3 }), undefined), ["Rest."]);
});

test("put together it has a greeting and an ending, unless it was written as one text", () => {
  const parts = entryOf({ hurts: "You are tired.", wish: "Rest." });
  const whole = entryOf({ hurts: "You are tired.", letter: "Rest." });

  assert.deepEqual(letterOf(parts, QUESTIONS), [
    "Dear me,",
    "You are tired.",
    "Rest.",
    "With care,\nme",
  ]);
  assert.deepEqual(letterOf(whole, QUESTIONS), ["Rest."]);
});

test("a greeting of their own stands alone", () => {
  const [first] = letterOf(entryOf({ hurts: "Dear little one,\nyou are tired." }), QUESTIONS);

  assert.equal(first, "Dear little one,");
});

test("without a word there is no letter", () => {
  assert.deepEqual(letterOf(entryOf({ hurts: " ", reader: "today" }), QUESTIONS), []);
});
