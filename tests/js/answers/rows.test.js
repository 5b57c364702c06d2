import assert from "node:assert/strict";
import { test } from "node:test";
import { countNotes, editPath, rowsOf } from "../../../static/js/answers/rows.js";

const WORKSHEETS = new Set(["three-circles"]);
const nothingBackedUp = () => "phone";

/** @param {object} [own] */
const entry = (own) => ({
  id: "AAAAAAAAAAAAAAAAAAAAAA",
  kind: "worksheet",
  worksheet: "three-circles",
  revision: 1,
  locale: "en",
  created: "2026-11-22T10:00:00.000Z",
  changed: 1_795_000_000_000,
  filled: 2,
  conflicts: 0,
  ...own,
});

/** @param {object} own */
const rowOf = (own, keptAt = nothingBackedUp) =>
  rowsOf({ entries: [entry(own)], unreadable: [] }, WORKSHEETS, keptAt)[0];

test("a worksheet is read and printed by its id, which stays out of what the server sees", () => {
  const row = rowOf({});

  assert.equal(row.what, "worksheet");
  assert.equal(row.address, "notes/note#e=AAAAAAAAAAAAAAAAAAAAAA");
  assert.equal(row.print, "worksheets/three-circles#e=AAAAAAAAAAAAAAAAAAAAAA&print");
  assert.ok(row.copies);
});

test("where a note is: here, backed up, too long, or waiting for a choice between two versions", () => {
  const places = [
    rowOf({}).place,
    rowOf({}, () => "server").place,
    rowOf({}, () => "long").place,
    rowOf({ conflicts: 1 }, () => "server").place,
  ];

  assert.deepEqual(places, ["phone", "server", "long", "versions"]);
});

test("kind words lead to the help page and can't be copied", () => {
  const row = rowOf({ kind: "kind-words", worksheet: undefined });

  assert.deepEqual([row.what, row.address, row.copies], ["kind-words", "help", false]);
});

test("kind words that were emptied are not listed", () => {
  assert.equal(rowOf({ kind: "kind-words", filled: 0 }), undefined);
});

test("a kind that this version doesn't know is listed and doesn't open", () => {
  const row = rowOf({ kind: "diary" });

  assert.deepEqual([row.what, row.address], ["newer", undefined]);
});

test("a practice note is read on its own page, is copied as text and isn't made twice", () => {
  const practice = { recording: "safe-place", before: 5, after: 7, words: "" };

  const row = rowOf({ kind: "practice", worksheet: undefined, practice });

  assert.equal(row.what, "practice");
  assert.equal(row.address, "notes/note#e=AAAAAAAAAAAAAAAAAAAAAA");
  assert.deepEqual([row.practice, row.copies, row.print], [practice, false, undefined]);
});

test("each note is changed where it was written, if that place is still there", () => {
  const edit = (/** @type {object} */ own) => editPath(entry(own), WORKSHEETS);

  assert.equal(edit({}), "worksheets/three-circles#e=AAAAAAAAAAAAAAAAAAAAAA");
  assert.equal(edit({ kind: "practice" }), "notes/practice#e=AAAAAAAAAAAAAAAAAAAAAA");
  assert.equal(edit({ kind: "kind-words" }), "help");
  assert.equal(edit({ worksheet: "../settings" }), undefined);
  assert.equal(edit({ kind: "diary" }), undefined);
});

test("the recordings chosen for the help page are no note", () => {
  assert.equal(rowOf({ kind: "choices", worksheet: undefined }), undefined);
});

test("a worksheet that the service took away can still be read", () => {
  const row = rowOf({ worksheet: "../settings" });

  assert.deepEqual(
    [row.what, row.address, row.print],
    ["gone", "notes/note#e=AAAAAAAAAAAAAAAAAAAAAA", undefined],
  );
});

test("what can't be opened is listed last", () => {
  const list = { entries: [entry()], unreadable: ["BBBBBBBBBBBBBBBBBBBBBB"] };

  const rows = rowsOf(list, WORKSHEETS, nothingBackedUp);

  assert.deepEqual(
    rows.map(({ what }) => what),
    ["worksheet", "unreadable"],
  );
});

test("kind words don't count as a note", () => {
  const entries = [entry(), entry({ kind: "kind-words" })];

  const rows = rowsOf({ entries, unreadable: ["B"] }, WORKSHEETS, nothingBackedUp);

  assert.equal(countNotes(rows), 2);
});
