import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { marked, words } from "../../../static/js/platform/search-words.js";

/** The server is tested with them too. */
const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/search-words.json", import.meta.url), "utf8"),
);

for (const [text, found] of vectors) {
  test(`“${text}” has the words that the server finds`, () => {
    assert.deepEqual(words(text), found);
  });
}

test("whole words are marked, as they are written", () => {
  const pieces = marked("Your heart’s art: Art!", new Set(["art", "hearts"]));

  assert.deepEqual(
    pieces.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join(""),
    "Your [heart’s] [art]: [Art]!",
  );
});

test("an Arabic word is marked with its article and its vowel signs", () => {
  const pieces = marked("بعد التَّنَفُّس", new Set(["تنفس"]));

  assert.deepEqual(pieces, [
    { text: "بعد ", isHit: false },
    { text: "التَّنَفُّس", isHit: true },
  ]);
});

test("nothing is marked where nothing was found", () => {
  assert.deepEqual(marked("Three systems", new Set()), [{ text: "Three systems", isHit: false }]);
});
