import assert from "node:assert/strict";
import test from "node:test";
import { SetDigest } from "../../../static/js/data/set-digest.js";

const IDS = ["AQEBAQEBAQEBAQEBAQEBAQ", "AgICAgICAgICAgICAgICAg"];
const EMPTY = "A".repeat(43);

test("the set digest is the one of sync.md, in any order", async () => {
  const digest = new SetDigest();

  assert.equal(await digest.of(IDS), "9bfSAKXe4oP373ozBW-4suf0xRdPgRVbqaWrEDxmJx4");
  assert.equal(await digest.of(IDS.toReversed()), "9bfSAKXe4oP373ozBW-4suf0xRdPgRVbqaWrEDxmJx4");
});

test("the digest of the empty set is zero", async () => {
  assert.equal(await new SetDigest().of([]), EMPTY);
});
