import assert from "node:assert/strict";
import { test } from "node:test";
import { saveBeforeLeaving, mayLeave } from "../../../static/js/platform/leaving.js";

/** @param {() => Promise<boolean>} keep */
function component(keep) {
  const ending = new AbortController();
  saveBeforeLeaving(keep, ending.signal);
  return ending;
}

test("a page without words may go", async () => {
  assert.equal(await mayLeave(), true);
});

test("a page goes once everything on it is stored", async () => {
  const stored = [];
  const pages = ["one", "two"].map((name) =>
    component(async () => {
      stored.push(name);
      return true;
    }),
  );

  assert.equal(await mayLeave(), true);
  assert.deepEqual(stored, ["one", "two"]);
  pages.forEach((page) => page.abort());
});

test("words that can't be stored keep their page, whatever goes wrong", async () => {
  const fine = component(async () => true);
  for (const keep of [async () => false, () => Promise.reject(new Error("no room"))]) {
    const broken = component(keep);
    assert.equal(await mayLeave(), false);
    broken.abort();
  }
  fine.abort();
});

test("what is gone is not asked any more", async () => {
  component(async () => false).abort();
  saveBeforeLeaving(async () => false, AbortSignal.abort());

  assert.equal(await mayLeave(), true);
});
