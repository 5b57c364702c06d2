import assert from "node:assert/strict";
import { test } from "node:test";
import { wordAt } from "../../../../static/js/features/aids/blocks.js";

const TEXT = "Safe place\nhere";

for (const [where, at, expected] of /** @type {[string, number, string[]][]} */ ([
  ["at its beginning", 5, ["Safe ", "place", "\nhere"]],
  ["inside it", 7, ["Safe ", "place", "\nhere"]],
  ["at its end", 10, ["Safe ", "place", "\nhere"]],
  ["at the end of the text", TEXT.length, ["Safe place\n", "here", ""]],
])) {
  test(`a word is found by a place ${where}`, () => {
    assert.deepEqual(wordAt(TEXT, at), expected);
  });
}

test("there is no word in an empty text", () => {
  assert.deepEqual(wordAt("", 0), ["", "", ""]);
});
