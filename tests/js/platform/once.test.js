import assert from "node:assert/strict";
import { test } from "node:test";
import { once } from "../../../static/js/platform/once.js";

test("what is loaded is loaded once, and again after a failure", async () => {
  const answers = [Promise.reject(new TypeError("no line")), Promise.resolve("here")];
  let calls = 0;
  const load = once(() => answers[calls++]);

  await assert.rejects(load(), /no line/);
  assert.equal(await load(), "here");
  assert.equal(await load(), "here");
  assert.equal(calls, 2);
});
