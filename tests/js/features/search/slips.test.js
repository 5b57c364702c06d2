import assert from "node:assert/strict";
import { test } from "node:test";
import { collapsed, isOneSlip, isSwapped } from "../../../../static/js/features/search/slips.js";

test("repeated letters count once, in words that aren't short", () => {
  assert.equal(collapsed("diiiee"), "die");
  assert.equal(collapsed("انتحاررر"), "انتحار");
  assert.deepEqual(["off", "odd", "999"].map(collapsed), ["off", "odd", "999"]);
});

for (const [typed, word] of [
  ["sucide", "suicide"],
  ["suiccide", "suicide"],
  ["suicode", "suicide"],
  ["suciide", "suicide"],
  ["suicid", "suicide"],
  ["suicide", "suicide"],
]) {
  test(`“${typed}” is at most one slip from “${word}”`, () => assert.ok(isOneSlip(typed, word)));
}

for (const [typed, word] of [
  ["sucdie", "suicide"],
  ["diet", "dead"],
  ["", "die"],
]) {
  test(`“${typed}” is more than one slip from “${word}”`, () => {
    assert.ok(!isOneSlip(typed, word));
  });
}

test("only neighbours change places", () => {
  assert.ok(isSwapped("dei", "die"));
  assert.ok(!isSwapped("eid", "die"));
  assert.ok(!isSwapped("die", "die"));
});
