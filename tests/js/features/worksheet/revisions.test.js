import assert from "node:assert/strict";
import test from "node:test";
import { pageOf, revisionsOf } from "../../../../static/js/features/worksheet/revisions.js";

const CURRENT = { slug: "a", shown: 3, offered: 3, earlier: [1, 2] };
const EARLIER = { ...CURRENT, shown: 1 };

test("an entry of an earlier revision belongs on the page of its own", () => {
  assert.equal(pageOf(CURRENT, 2), "worksheets/a/2");
  assert.equal(pageOf(EARLIER, 2), "worksheets/a/2");
});

test("an entry of the revision that is shown stays where it is", () => {
  assert.equal(pageOf(CURRENT, 3), null);
  assert.equal(pageOf(EARLIER, 1), null);
});

test("what no page was kept for is shown on the page of now", () => {
  assert.equal(pageOf({ ...CURRENT, earlier: [2] }, 1), null);
  assert.equal(pageOf(CURRENT, 4), null);
  assert.equal(pageOf({ ...EARLIER, earlier: [1] }, 2), "worksheets/a");
});

test("a new entry begins on the page of now", () => {
  assert.equal(pageOf(EARLIER), "worksheets/a");
  assert.equal(pageOf(CURRENT), null);
});

test("a worksheet that is no longer offered leads nowhere else", () => {
  assert.equal(pageOf({ ...EARLIER, offered: 0 }), null);
  assert.equal(pageOf({ ...EARLIER, offered: 0 }, 2), "worksheets/a/2");
});

test("the page says what it knows in its attributes", () => {
  const said = { slug: "a", revision: "3", offered: "3", earlier: "1 2" };

  assert.deepEqual(revisionsOf(said), CURRENT);
  assert.deepEqual(revisionsOf({ ...said, earlier: "" }).earlier, []);
});
