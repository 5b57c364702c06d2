import assert from "node:assert/strict";
import { test } from "node:test";
import { format, parse } from "../../../../static/js/features/programme/week-link.js";

const ITEMS = ["recordings/safe-place", "learn/our-tricky-brain", "worksheets/three-circles"];

test("a link names pages, recordings and worksheets, in their order", () => {
  const fragment = "r=safe-place&p=our-tricky-brain&w=three-circles";

  assert.equal(format(ITEMS), fragment);
  assert.deepEqual(parse(`#${fragment}`), { items: ITEMS, unknown: 0 });
  assert.deepEqual(parse(fragment).items, ITEMS);
});

test("what isn't there is counted and left out", () => {
  const isKnown = (/** @type {string} */ item) => item !== "learn/our-tricky-brain";

  assert.deepEqual(parse(`#${format(ITEMS)}`, isKnown), {
    items: ["recordings/safe-place", "worksheets/three-circles"],
    unknown: 1,
  });
});

test("the same thing twice is one thing", () => {
  assert.deepEqual(parse("#p=a&p=a"), { items: ["learn/a"], unknown: 0 });
});

test("more than three are too much", () => {
  assert.deepEqual(parse("#p=a&p=b&p=c&w=d"), {
    items: ["learn/a", "learn/b", "learn/c"],
    unknown: 1,
  });
});

for (const fragment of [
  "p=",
  "p=Our-Brain",
  "p=a--b",
  "p=../settings",
  "p=a/b",
  "p=%61",
  "x=a",
  "p",
  "p=a=b",
  "pp=a",
  `p=${"a".repeat(81)}`,
  "p=a\n",
]) {
  test(`“${fragment.slice(0, 20)}” is not understood`, () => {
    assert.deepEqual(parse(`#${fragment}`), { items: [], unknown: 1 });
  });
}

test("nothing names nothing", () => {
  assert.deepEqual(parse(""), { items: [], unknown: 0 });
  assert.deepEqual(parse("#&&"), { items: [], unknown: 0 });
  assert.equal(format([]), "");
});
