import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isWord, placesToAsk } from "../../../../static/js/features/backup/asked.js";

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("two different places are asked for, in order, whatever chance says", () => {
  fc.assert(
    fc.property(fraction, fraction, (one, other) => {
      const chances = [one, other];

      const [first, second] = placesToAsk(12, () => chances.shift() ?? 0);

      assert.ok(first >= 0 && first < second && second < 12);
    }),
  );
});

test("every place is asked for at some time", () => {
  const asked = new Set(Array.from({ length: 500 }, () => placesToAsk(12)).flat());
  assert.equal(asked.size, 12);
});

test("the whole word is right, in any case and with spaces around it", () => {
  assert.ok(isWord(" Abandon ", "abandon"));
});

test("the first four letters are enough, three are not", () => {
  assert.ok(isWord("aban", "abandon"));
  assert.ok(!isWord("aba", "abandon"));
});

test("a word of three letters is right as it is", () => {
  assert.ok(isWord("cat", "cat"));
});

test("nothing and another word are wrong", () => {
  assert.ok(!isWord("", "abandon"));
  assert.ok(!isWord("ability", "abandon"));
  assert.ok(!isWord("abandoned", "abandon"));
});
