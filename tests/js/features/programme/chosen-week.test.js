import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  rememberLink,
  rememberWeek,
  recallLink,
  recallWeek,
} from "../../../../static/js/features/programme/chosen-week.js";

/** @type {Map<string, string>} */
const kept = new Map();
globalThis.localStorage = /** @type {any} */ ({
  getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
  setItem: (/** @type {string} */ name, /** @type {string} */ value) => kept.set(name, value),
  removeItem: (/** @type {string} */ name) => kept.delete(name),
});

beforeEach(() => kept.clear());

test("a link is kept, with the rows that home has to keep a place for", () => {
  rememberLink(["learn/a", "recordings/b"]);

  assert.deepEqual(recallLink(), ["learn/a", "recordings/b"]);
  assert.equal(kept.get("week-rows"), "2");
});

test("what is forgotten leaves nothing behind", () => {
  rememberLink(["learn/a"]);
  rememberWeek(3, 4);
  rememberLink([]);
  rememberWeek(0);

  assert.deepEqual([...kept], []);
});

test("the therapist's link counts before the programme's week", () => {
  rememberLink(["learn/a"]);
  rememberWeek(3, 4);

  assert.deepEqual([recallLink(), recallWeek(), kept.get("week-rows")], [["learn/a"], 3, "1"]);
});

test("what somebody else put there is nobody's week", () => {
  kept.set("this-week", "https://example.org");
  kept.set("programme-week", "-1.5");

  assert.deepEqual([recallLink(), recallWeek()], [[], 0]);
});
