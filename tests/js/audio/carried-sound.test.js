import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { carry, takeCarried } from "../../../static/js/audio/carried-sound.js";

/** @type {any} */
const SOUND = { recording: { slug: "hill" }, sound: {}, place: 40, isPlaying: true, noted: 1000 };
/** @type {Map<string, string>} */
const kept = new Map();

beforeEach(() => {
  kept.clear();
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => kept.set(name, value),
      removeItem: (name) => kept.delete(name),
    },
  });
});

test("a sound is taken over once", () => {
  carry(SOUND);

  assert.deepEqual(takeCarried(2000), SOUND);
  assert.equal(takeCarried(2000), null);
});

for (const [name, now] of [
  ["that was left long ago", 60_000],
  ["that comes from the future, because the clock was set back", -60_000],
]) {
  test(`a sound ${name} isn't taken over`, () => {
    carry(SOUND);

    assert.equal(takeCarried(Number(now)), null);
    assert.equal(kept.size, 0);
  });
}

test("a note that can't be read, or a browser that refuses, ends the sound", () => {
  kept.set("carried-sound", "{");
  assert.equal(takeCarried(), null);

  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    get: () => {
      throw new DOMException("refused", "SecurityError");
    },
  });
  carry(SOUND);
  assert.equal(takeCarried(), null);
});
