import "../../support/english-page.js";
import assert from "node:assert/strict";
import test from "node:test";
import { place } from "../../../../static/js/features/worksheet/circles.js";
import { radius } from "../../../../static/js/answers/radius.js";
import { versionLabels } from "../../../../static/js/answers/versions.js";

test("a circle grows with every step of its slider", () => {
  const radii = Array.from({ length: 11 }, (_, value) => radius({ value, min: 0, max: 10 }));

  assert.ok(radii.every((one, index) => index === 0 || one > radii[index - 1]));
});

test("a circle that isn't set is neither the smallest nor the largest", () => {
  const unset = radius({ value: null, min: 0, max: 10 });

  assert.ok(unset > radius({ value: 0, min: 0, max: 10 }));
  assert.ok(unset < radius({ value: 10, min: 0, max: 10 }));
});

test("a label that doesn't fit inside stands beside its circle, away from the others", () => {
  const label = { width: 66, lines: 2 };

  assert.equal(place({ ...label, y: 52, radius: 46 }).inside, true);
  const above = place({ ...label, y: 52, radius: 12 });
  const below = place({ ...label, y: 128, radius: 12 });

  assert.deepEqual([above.inside, below.inside], [false, false]);
  assert.ok(above.y < 52 - 12);
  assert.ok(below.y > 128 + 12);
});

test("a label that can't be measured yet is never put inside", () => {
  assert.equal(place({ y: 52, radius: 46, width: Infinity, lines: 1 }).inside, false);
});

test("two versions are told apart by their phones, others by number", () => {
  const [mine, theirs] = [{ here: true }, { here: false }];

  assert.deepEqual(versionLabels([theirs, mine]), ["Another phone", "This phone"]);
  assert.deepEqual(versionLabels([theirs, theirs]), ["Version 1", "Version 2"]);
  assert.deepEqual(versionLabels([mine, mine]), ["Version 1", "Version 2"]);
  assert.deepEqual(versionLabels([mine, theirs, theirs]), ["Version 1", "Version 2", "Version 3"]);
});
