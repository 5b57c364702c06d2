import "../../support/english-page.js";
import assert from "node:assert/strict";
import test from "node:test";
import { ImportError } from "../../../../static/js/data/errors.js";
import { faultOf, linesOf, savedOn } from "../../../../static/js/features/notes/import-texts.js";
import { date } from "../../../../static/js/platform/dates.js";
import { StorageFullError } from "../../../../static/js/platform/errors.js";

const NONE = { damaged: 0, large: 0, future: 0, sealed: 0 };
const NOTHING = { added: [], changed: [], known: [], deleted: [] };

/** A file whose entries have these kinds, by id. */
const file = (kinds, unread = NONE) => ({
  entries: new Map(Object.entries(kinds).map(([id, kind]) => [id, { kind }])),
  unread,
  exported: null,
});

test("each kind of note in the file has its line, and choices aren't counted as notes", () => {
  const notes = file(
    { A: "worksheet", B: "practice", C: "choices", D: "worksheet", E: "worksheet" },
    { damaged: 1, large: 0, future: 2, sealed: 0 },
  );
  const preview = { added: ["A", "B", "C"], changed: [], known: ["D"], deleted: ["E"] };

  assert.deepEqual(linesOf(notes, preview), [
    "2 new notes",
    "What was chosen for Help and for an appointment",
    "1 note that is here already",
    "1 note that was deleted here. It stays deleted.",
    "1 note that can’t be read: the file is damaged there. Another copy of it may be whole.",
    "2 notes that can’t be read: their dates are far in the future. They stay in the file.",
  ]);
});

test("a file without notes has no lines", () => {
  assert.deepEqual(linesOf(file({}), NOTHING), []);
});

test("every reason for refusing a file has words of its own", () => {
  const codes = ["empty", "too_large", "too_many", "foreign", "to_read", "for_clinic"];
  const errors = [...codes, "newer", "damaged"].map((code) => new ImportError(`file_${code}`));
  const others = [new StorageFullError(), new DOMException("gone", "NotFoundError")];

  const texts = [...errors, ...others].map((error) => faultOf(error).text);

  assert.equal(new Set(texts).size, texts.length);
  assert.ok(texts.includes("This phone has no room left. Nothing was changed."));
});

test("a file says when it was saved, but not a day that is still to come", () => {
  const when = Date.UTC(2026, 10, 22);

  assert.equal(savedOn(when, when + 1), `Saved on ${date(new Date(when))}.`);
  assert.equal(savedOn(when, when - 1), "");
  assert.equal(savedOn(null, when), "");
});
