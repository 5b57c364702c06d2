import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { isStill } from "../../../static/js/platform/motion.js";

const before = { document: globalThis.document, matchMedia: globalThis.matchMedia };
afterEach(() => Object.assign(globalThis, before));

/** @param {string | undefined} motion the reader's choice @param {boolean} matches the phone's setting */
function set(motion, matches) {
  Object.assign(globalThis, {
    document: { documentElement: { dataset: { motion } } },
    matchMedia: () => ({ matches }),
  });
}

test("things may move if neither the phone nor the reader wants them still", () => {
  set(undefined, false);

  assert.equal(isStill(), false);
});

for (const [who, motion, matches] of /** @type {const} */ ([
  ["the reader", "still", false],
  ["the phone", undefined, true],
])) {
  test(`things are still if ${who} wants it`, () => {
    set(motion, matches);

    assert.equal(isStill(), true);
  });
}
