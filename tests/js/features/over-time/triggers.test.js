import assert from "node:assert/strict";
import { test } from "node:test";
import { returning } from "../../../../static/js/features/over-time/triggers.js";
import "../../support/english-page.js";

/** @param {...string} texts of a note each, oldest first */
const notes = (...texts) =>
  texts.map((text, at) => ({
    id: String(at),
    address: `worksheets/x#e=${at}`,
    title: "X",
    recording: "",
    when: new Date(2026, 0, 1 + at),
    texts: [text],
  }));

/** @param {...string} texts */
const found = (...texts) =>
  returning(notes(...texts)).map(({ phrase, notes }) => [phrase, notes.map(({ id }) => id)]);

test("a phrase in two notes comes back, as it was written last, newest note first", () => {
  assert.deepEqual(found("A message from work", "The queue", "a message from WORK."), [
    ["a message from WORK", ["2", "0"]],
  ]);
});

test("twice in one note is once", () => {
  assert.deepEqual(found("The phone. The phone", "Rain"), []);
});

test("lines, full stops and commas part phrases, in Arabic too", () => {
  assert.deepEqual(
    found("Rain\nthe phone", "the phone; snow, crowds.", "crowds").map(([phrase]) => phrase),
    ["crowds", "the phone"],
  );
  assert.deepEqual(found("الهاتف، رسالة من العمل", "رسالة من العمل؛ المطر"), [
    ["رسالة من العمل", ["1", "0"]],
  ]);
});

test("accents, vowel signs and small words at the ends make no difference", () => {
  assert.deepEqual(
    found("My mother’s café", "the mother's cafe", "الهاتفُ", "الهاتف").map(([, ids]) => ids),
    [
      ["3", "2"],
      ["1", "0"],
    ],
  );
});

test("a phrase is found inside a longer one", () => {
  assert.deepEqual(found("My boss", "when my boss looks at me"), [["My boss", ["1", "0"]]]);
});

test("whole words only: an ant is no want", () => {
  assert.deepEqual(found("ant", "wanting"), []);
});

test("a part says nothing beside the whole that the same notes have", () => {
  const all = found("Work. A message from work", "work, a message from work", "work");

  assert.deepEqual(all, [
    ["work", ["2", "1", "0"]],
    ["a message from work", ["1", "0"]],
  ]);
  assert.deepEqual(found("Work. A message from work", "work; a message from work"), [
    ["a message from work", ["1", "0"]],
  ]);
});

test("small words alone are no trigger", () => {
  assert.deepEqual(found("it is", "it is", "6", "6"), []);
});

test("what is in more notes comes first, then what came last", () => {
  assert.deepEqual(
    found("rain", "snow", "rain", "snow", "fog", "fog", "rain").map(([phrase]) => phrase),
    ["rain", "fog", "snow"],
  );
});
