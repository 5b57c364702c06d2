import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { recall, remember, rememberPlace } from "../../../static/js/audio/preferences.js";

/** @type {Map<string, string>} */
let stored;

beforeEach(() => {
  stored = new Map();
  globalThis.localStorage = /** @type {any} */ ({
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
  });
});

test("a place is kept for each version of each recording", () => {
  rememberPlace("calm/full", 61.9);
  rememberPlace("calm/short", 12);

  assert.deepEqual(recall().stopped, { "calm/full": 61, "calm/short": 12 });
});

test("a place at the beginning is no place", () => {
  rememberPlace("calm/full", 61);
  rememberPlace("calm/full", 0);

  assert.deepEqual(recall().stopped, {});
});

test("voice, speed and places don't disturb each other", () => {
  rememberPlace("calm/full", 61);
  remember({ voice: "george" });
  remember({ speed: 0.9 });

  assert.deepEqual(recall(), { stopped: { "calm/full": 61 }, voice: "george", speed: 0.9 });
});

test("what is damaged counts as nothing", () => {
  stored.set("listening", "{");

  assert.deepEqual(recall(), {});
});

test("a browser that refuses storage forgets, and nothing breaks", () => {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  globalThis.localStorage = /** @type {any} */ ({ getItem: refuse, setItem: refuse });

  rememberPlace("calm/full", 61);

  assert.deepEqual(recall(), {});
});
