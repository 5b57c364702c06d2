import assert from "node:assert/strict";
import { test } from "node:test";
import { nextSleep } from "../../../../static/js/audio/sleep-button.js";
import { silenceOf, stepOf } from "../../../../static/js/features/player/mode/options.js";

test("the slider goes from half the silence to twice as much, as recorded in the middle", () => {
  assert.deepEqual([-3, 0, 3].map(silenceOf), [0.5, 1, 2]);
});

test("what was chosen is shown again", () => {
  for (const step of [-3, -2, -1, 0, 1, 2, 3]) assert.equal(stepOf(silenceOf(step)), step);
});

test("each tap gives the sleep timer more time, and the last one switches it off", () => {
  assert.equal(nextSleep(0), 5);
  assert.equal(nextSleep(300), 10);
  assert.equal(nextSleep(241), 10);
  assert.equal(nextSleep(100), 5);
  assert.equal(nextSleep(600), 20);
  assert.equal(nextSleep(1200), 0);
});
