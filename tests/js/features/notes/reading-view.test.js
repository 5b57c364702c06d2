import "../../support/english-page.js";
import assert from "node:assert/strict";
import test from "node:test";
import { Worksheets } from "../../../../static/js/answers/worksheets.js";
import { reading, readingNote } from "../../../../static/js/features/notes/reading-view.js";

const fields = [
  { name: "reader", type: "choice", label: "To whom?", options: [{ value: "me", label: "Me" }] },
  { name: "what_hurts", type: "long", label: "What hurts?" },
  { name: "letter", type: "long", label: "As one letter" },
];
const WORKSHEETS = new Worksheets({
  worksheets: ["compassionate-letter", "three-circles"].map((slug) => ({
    slug,
    title: slug,
    revision: 1,
    canonical: slug,
    sections: [{ name: "all", title: "All", fields }],
  })),
});
/** @type {any} */
const NAMES = { title: () => ({ title: "?" }), speech: { list: String } };

/** @param {object} own @returns {any} */
const entry = (own) => ({
  id: "e",
  kind: "worksheet",
  worksheet: "compassionate-letter",
  revision: 1,
  created: "2026-11-22T10:00:00.000Z",
  changed: Date.parse("2026-11-22T11:00:00.000Z"),
  conflicts: [],
  fields: {
    reader: [{ value: "me", changed: 1, here: true }],
    what_hurts: [{ value: "You are tired.", changed: 1, here: true }],
  },
  ...own,
});

test("a letter is read as a letter, and what is said about it comes after it", () => {
  const note = readingNote(entry({}), WORKSHEETS, NAMES);

  assert.deepEqual(note.letter, ["Dear me,", "You are tired.", "With care,\nme"]);
  assert.deepEqual(
    note.parts.map(({ title, answers }) => [title, answers.map(({ texts }) => texts)]),
    [["About this letter", [["Me"]]]],
  );
});

test("with two versions of an answer it is read question by question, so that both are seen", () => {
  const two = [
    { value: "You are tired.", changed: 2, here: true },
    { value: "You are alone.", changed: 1, here: false },
  ];

  const note = readingNote(
    entry({ conflicts: ["what_hurts"], fields: { what_hurts: two } }),
    WORKSHEETS,
    NAMES,
  );

  assert.deepEqual(note.letter, []);
  assert.deepEqual(note.parts[0]?.answers[0]?.texts, ["You are tired.", "You are alone."]);
});

/** @param {string[]} said versions of an answer */
const exported = (...said) => ({
  ...entry({}),
  seen: {},
  fields: { what_hurts: said.map((value, counter) => ({ value, counter })) },
});

test("an exported letter is read as a letter, unless it has two versions of an answer", () => {
  const same = reading(exported("You are tired.", "You are tired."), WORKSHEETS, NAMES);
  const two = reading(exported("You are tired.", "You are alone."), WORKSHEETS, NAMES);

  assert.deepEqual(same.letter, ["Dear me,", "You are tired.", "With care,\nme"]);
  assert.deepEqual(same.parts, []);
  assert.deepEqual(two.letter, []);
  assert.deepEqual(two.parts[0]?.answers[0]?.texts, ["You are alone.", "You are tired."]);
});

test("every other worksheet is read question by question, in its parts", () => {
  const note = readingNote(entry({ worksheet: "three-circles" }), WORKSHEETS, NAMES);

  assert.deepEqual(note.letter, []);
  assert.deepEqual(
    note.parts.map(({ title }) => title),
    ["All"],
  );
});
