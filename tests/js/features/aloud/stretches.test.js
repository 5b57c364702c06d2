import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cut, wordAt } from "../../../../static/js/features/aloud/stretches.js";

const textsOf = (text, lang = "en", most) =>
  cut(text, lang, most).map(({ from, to }) => text.slice(from, to));
const wordOf = (text, index, length) => {
  const word = wordAt(text, index, length);
  return word && text.slice(word.from, word.to);
};

test("A short paragraph is one stretch", () => {
  assert.deepEqual(textsOf("One idea. Another one."), ["One idea. Another one."]);
});

test("A long paragraph is cut at the ends of sentences", () => {
  const text = "It is not your fault. The brain is tricky. You can train it.";

  assert.deepEqual(textsOf(text, "en", 30), [
    "It is not your fault. ",
    "The brain is tricky. ",
    "You can train it.",
  ]);
});

test("A sentence that is too long is cut at a comma, or else between two words", () => {
  assert.deepEqual(textsOf("When the threat system is loud, breathe out slowly", "en", 40), [
    "When the threat system is loud, ",
    "breathe out slowly",
  ]);
  assert.deepEqual(textsOf("a word and one more word", "en", 10), [
    "a word ",
    "and one ",
    "more word",
  ]);
});

test("Arabic sentences are cut at their own marks", () => {
  assert.deepEqual(textsOf("هل هذا ذنبي؟ لا ذنب لك في هذا.", "ar", 20), [
    "هل هذا ذنبي؟ ",
    "لا ذنب لك في هذا.",
  ]);
});

test("A browser without Intl.Segmenter cuts at the same places", (t) => {
  const { Segmenter } = Intl;
  t.after(() => (Intl.Segmenter = Segmenter));
  delete Intl.Segmenter;

  assert.deepEqual(textsOf("Stop there. “Go on!” Why not?", "en", 12), [
    "Stop there. ",
    "“Go on!” ",
    "Why not?",
  ]);
  assert.deepEqual(textsOf("هل هذا ذنبي؟ لا ذنب لك.", "ar", 20), ["هل هذا ذنبي؟ ", "لا ذنب لك."]);
});

test("Stretches are together the whole text, and none is too long", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.integer({ min: 5, max: 50 }), (text, most) => {
      const stretches = textsOf(text, "en", most);

      assert.equal(stretches.join(""), text);
      assert.ok(stretches.every(({ length }) => length > 0 && length <= most));
    }),
  );
});

test("A voice's place is the whole word there, whatever the voice says about its length", () => {
  const text = "You’re not alone (really).";

  assert.equal(wordOf(text, 0, 3), "You");
  assert.equal(wordOf(text, 0), "You’re");
  assert.equal(wordOf(text, 7, 3), "not");
  assert.equal(wordOf(text, 17, 99), "really");
});

test("A quotation mark isn’t part of a word", () => {
  assert.equal(wordOf("‘not alone’", 5), "alone");
});

test("A voice that points at the space before a word means that word", () => {
  assert.equal(wordOf("not alone", 3), "alone");
});

test("There is no word after the last one", () => {
  assert.equal(wordOf("The end.", 7), null);
});

test("Words in Arabic keep their marks", () => {
  assert.equal(wordOf("حُفظت الكلمات", 0), "حُفظت");
});
