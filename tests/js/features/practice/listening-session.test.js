import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  ended,
  forget,
  listeningTo,
  noted,
  started,
} from "../../../../static/js/features/practice/listening-session.js";

const NOW = Date.UTC(2026, 10, 23, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SLUG = "safe-place";

beforeEach(() => {
  const held = new Map();
  globalThis.localStorage = /** @type {any} */ ({
    getItem: (/** @type {string} */ name) => held.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => held.set(name, value),
    removeItem: (/** @type {string} */ name) => held.delete(name),
    get held() {
      return held;
    },
  });
});

test("before, listening and after are one note", () => {
  noted(SLUG, { id: "one", done: false }, NOW);
  started({ slug: SLUG, version: "full" }, NOW + MINUTE);
  ended({ slug: SLUG, version: "full" }, NOW + 7 * MINUTE);

  const now = listeningTo(SLUG, NOW + 8 * MINUTE);

  assert.deepEqual([now?.id, now?.version, now?.ended], ["one", "full", true]);
});

test("playing again after a pause goes on with the same note", () => {
  noted(SLUG, { id: "one", done: true }, NOW);

  started({ slug: SLUG, version: "full" }, NOW + MINUTE);

  assert.equal(listeningTo(SLUG, NOW + MINUTE)?.id, "one");
});

test("listening once more after saying how it was is another note", () => {
  ended({ slug: SLUG, version: "full" }, NOW);
  noted(SLUG, { id: "one", done: true }, NOW + MINUTE);

  started({ slug: SLUG, version: "full" }, NOW + 2 * MINUTE);

  assert.equal(listeningTo(SLUG, NOW + 2 * MINUTE), undefined);
});

test("listening twice in a row before saying how it was stays one note", () => {
  noted(SLUG, { id: "one", done: false }, NOW);
  ended({ slug: SLUG, version: "short" }, NOW + 3 * MINUTE);

  started({ slug: SLUG, version: "short" }, NOW + 4 * MINUTE);

  assert.deepEqual(
    [listeningTo(SLUG, NOW + 4 * MINUTE)?.id, listeningTo(SLUG, NOW + 4 * MINUTE)?.ended],
    ["one", false],
  );
});

test("a note that was left alone for hours is left as it is", () => {
  noted(SLUG, { id: "one", done: false }, NOW);

  assert.equal(listeningTo(SLUG, NOW + 2 * HOUR)?.id, "one");
  assert.equal(listeningTo(SLUG, NOW + 3 * HOUR), undefined);
});

test("a finished note is shown for some minutes more", () => {
  noted(SLUG, { id: "one", done: true }, NOW);

  assert.equal(listeningTo(SLUG, NOW + 9 * MINUTE)?.id, "one");
  assert.equal(listeningTo(SLUG, NOW + 10 * MINUTE), undefined);
});

test("each recording has its own note", () => {
  noted(SLUG, { id: "one", done: false }, NOW);
  noted("three-flows", { id: "two", done: false }, NOW);

  assert.deepEqual(
    [listeningTo(SLUG, NOW)?.id, listeningTo("three-flows", NOW)?.id],
    ["one", "two"],
  );
});

test("a recording that only begins leaves no trace", () => {
  started({ slug: SLUG, version: "full" }, NOW);

  assert.equal(localStorage.getItem("practice-now"), null);
});

test("what is forgotten or past is taken away", () => {
  noted("three-flows", { id: "two", done: false }, NOW);
  noted(SLUG, { id: "one", done: false }, NOW + 4 * HOUR);

  forget(SLUG, NOW + 4 * HOUR);

  assert.equal(localStorage.getItem("practice-now"), null);
});

test("a hint that was damaged is as good as none", () => {
  for (const text of ["{", "null", "7"]) {
    localStorage.setItem("practice-now", text);

    assert.equal(listeningTo(SLUG, NOW), undefined);
  }
});
