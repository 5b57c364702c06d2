import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  moved,
  recallChosen,
  rememberChosen,
  shownOf,
  slugsOf,
} from "../../../../static/js/features/help/chosen.js";
import { choose } from "../../../../static/js/features/help/chosen-files.js";

beforeEach(() => {
  const held = new Map();
  globalThis.localStorage = /** @type {any} */ ({
    getItem: (/** @type {string} */ name) => held.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => held.set(name, value),
    removeItem: (/** @type {string} */ name) => held.delete(name),
  });
});

const KNOWN = ["one", "two", "three", "four"];
const USUAL = ["one", "two"];

test("what was chosen is remembered by slugs alone", () => {
  rememberChosen(["two", "one"]);

  assert.equal(localStorage.getItem("help-recordings"), '["two","one"]');
  assert.deepEqual(recallChosen(), ["two", "one"]);
});

test("nothing chosen leaves nothing behind", () => {
  rememberChosen(["two"]);

  rememberChosen([]);

  assert.equal(localStorage.getItem("help-recordings"), null);
});

test("a copy that was damaged is as good as none", () => {
  for (const text of ["{", "null", "7", "[7]"]) {
    localStorage.setItem("help-recordings", text);

    assert.deepEqual(recallChosen(), []);
  }
});

test("of what another version wrote, three slugs are taken", () => {
  assert.deepEqual(slugsOf(["a", "a", 7, "b", "c", "d"]), ["a", "b", "c"]);
  assert.deepEqual(slugsOf({ first: "a" }), []);
});

test("a recording that the service took away is left out, and the usual ones stand in for none", () => {
  assert.deepEqual(shownOf(["gone", "four"], KNOWN, USUAL), ["four"]);
  assert.deepEqual(shownOf(["gone"], KNOWN, USUAL), USUAL);
  assert.deepEqual(shownOf([], KNOWN, USUAL), USUAL);
});

test("a recording moves by one place, and not over the end", () => {
  assert.deepEqual(moved(["one", "two", "three"], "three", -1), ["one", "three", "two"]);
  assert.deepEqual(moved(["one", "two", "three"], "one", 1), ["two", "one", "three"]);
  assert.deepEqual(moved(["one", "two"], "one", -1), ["one", "two"]);
  assert.deepEqual(moved(["one", "two"], "four", 1), ["one", "two"]);
});

/** @param {string} version @param {string} voice */
const file = (version, voice) => ({ version, voice, locale: "en" });

test("the short version is kept, in the voice that was listened to", () => {
  const files = [file("full", "isabella"), file("short", "isabella"), file("short", "george")];

  assert.equal(choose(files, "en/george"), files[2]);
  assert.equal(choose(files, "george"), files[2]);
  assert.equal(choose(files, "es/dora"), files[1]);
});

test("a recording without a short version is kept as it is", () => {
  const files = [file("full", "isabella")];

  assert.equal(choose(files, ""), files[0]);
  assert.equal(choose([], ""), undefined);
});
