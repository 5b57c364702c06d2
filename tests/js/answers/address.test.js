import assert from "node:assert/strict";
import test from "node:test";
import { placeHash, readPlace } from "../../../static/js/answers/address.js";

const ENTRY = "N5TFIggAbWsa8MDL1iVlig";

test("entry and step stand in the fragment and are read back", () => {
  const place = { entry: ENTRY, step: "threat" };

  assert.equal(placeHash(place), `#e=${ENTRY}&step=threat`);
  assert.deepEqual(readPlace(placeHash(place)), { ...place, print: false });
});

test("a fresh sheet at its first step has no fragment", () => {
  assert.equal(placeHash({ entry: "", step: "" }), "");
});

test("what is no entry's id is not taken for one", () => {
  for (const hash of ["#e=", "#e=short", `#e=${ENTRY}x`, "#e=<script>", "#main", ""]) {
    assert.equal(readPlace(hash).entry, "", hash);
  }
});

test("notes can ask for paper", () => {
  assert.deepEqual(readPlace(`#e=${ENTRY}&print`), { entry: ENTRY, step: "", print: true });
});
