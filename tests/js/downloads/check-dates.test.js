import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { checkBegan, checked, isTimeToCheck } from "../../../static/js/downloads/check-dates.js";
import { newLocalStorage } from "../support/local-storage.js";

const DAY = 86_400_000;

beforeEach(newLocalStorage);

test("the first check comes a week after there is something to check", () => {
  assert.equal(isTimeToCheck(DAY), false);
  assert.equal(isTimeToCheck(7 * DAY), false);
  assert.equal(isTimeToCheck(8 * DAY), true);
});

test("after a check there is a week without one", () => {
  checked(DAY);

  assert.equal(isTimeToCheck(7.9 * DAY), false);
  assert.equal(isTimeToCheck(8 * DAY), true);
});

test("a check that was broken off began when it first began", () => {
  assert.equal(checkBegan(5), 5);
  assert.equal(checkBegan(9), 5);
  checked(10);
  assert.equal(checkBegan(20), 20);
});
