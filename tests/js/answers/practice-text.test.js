import "../support/english-page.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrow, noteAsText, spoken } from "../../../static/js/answers/practice-text.js";

test("before and after are shown with an arrow and read in words", () => {
  const levels = { before: 5, after: 7 };

  assert.equal(arrow(levels), "5 → 7");
  assert.equal(spoken(levels), "5 before, 7 after");
});

test("a zero is a number like any other", () => {
  assert.equal(arrow({ before: 0, after: 0 }), "0 → 0");
});

test("what wasn't given isn't made up", () => {
  assert.equal(arrow({ before: 5, after: null }), "5 before");
  assert.equal(arrow({ before: null, after: 7 }), "7 after");
  assert.equal(arrow({ before: null, after: null }), "");
});

test("a note as text says what its numbers mean", () => {
  const text = noteAsText("Safe place", {
    before: 3,
    after: 6,
    words: "Rain outside.",
    day: "2026-11-22",
  });

  const [title, day, ...rest] = text.split("\n");
  assert.equal(title, "Safe place");
  assert.match(day ?? "", /22.*2026/);
  assert.deepEqual(rest, ["3 before, 6 after (0 is very uneasy, 10 is at ease.)", "Rain outside."]);
});

test("a note of words alone is words alone", () => {
  const note = { before: null, after: null, words: "Rain.", day: "" };

  assert.equal(noteAsText("Safe place", note), "Safe place\nRain.");
});
