import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName } from "../../../../static/js/features/notes/export-file.js";

const DAY = new Date(2026, 2, 9, 23, 59);

test("the file carries the home-screen name and the reader's own date", () => {
  assert.equal(fileName("Practice", DAY, "json"), "practice-notes-2026-03-09.json");
});

test("spaces and signs become hyphens, letters of every script stay", () => {
  assert.equal(fileName(" My: Hearth/2 ", DAY, "json"), "my-hearth-2-notes-2026-03-09.json");
  assert.equal(fileName("موقد", DAY, "json"), "موقد-notes-2026-03-09.json");
});

test("a name without a letter is left out", () => {
  assert.equal(fileName("…", DAY, "json"), "notes-2026-03-09.json");
});
