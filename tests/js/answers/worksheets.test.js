import assert from "node:assert/strict";
import { test } from "node:test";
import { choices, diary, group, line } from "../support/diary.js";
import "../support/english-page.js";
import { Worksheets } from "../../../static/js/answers/worksheets.js";
import { words } from "../../../static/js/answers/values.js";

const speech = { slider: String, date: String, list: String };

const THINGS = group(
  "things",
  "Thing",
  line("what", "What"),
  choices("kind", "Kind", { a: "Apple", b: "Bread" }, "choice"),
);
const LAST = line("last", "Anything else?");
const worksheets = new Worksheets({
  worksheets: [diary(2, { Start: [THINGS], End: [LAST] })],
  earlier: [diary(1, { Start: [], End: [LAST] })],
});

test("questions come by name, in the order of the page, through all of its sections", () => {
  assert.deepEqual([...(worksheets.questionsOf("diary", 2)?.keys() ?? [])], ["things", "last"]);
  assert.deepEqual(
    worksheets.sheetOf("diary", 2)?.sections.map(({ questions }) => questions.size),
    [1, 1],
  );
});

test("an earlier revision has its own questions, and without a revision the current one is meant", () => {
  assert.deepEqual([...(worksheets.questionsOf("diary", 1)?.keys() ?? [])], ["last"]);
  assert.equal(worksheets.sheetOf("diary")?.revision, 2);
});

test("what this version doesn't know is not guessed", () => {
  assert.equal(worksheets.questionsOf("diary", 3), undefined);
  assert.equal(worksheets.questionsOf("letter", 1), undefined);
  assert.equal(worksheets.questionsOf(undefined, 1), undefined);
});

test("a question of a group says its answers in words", () => {
  const things = worksheets.questionsOf("diary")?.get("things");

  const said = things && words(things, [{ _id: "1", what: "Jam", kind: "b" }], speech);

  assert.equal(said, "What\nJam\nKind\nBread");
});
