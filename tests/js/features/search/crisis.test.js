import assert from "node:assert/strict";
import { test } from "node:test";
import { isCrisis, phrasesOf } from "../../../../static/js/features/search/crisis.js";

const PHRASES = phrasesOf("suicide, kill myself, want to die, die, self harm, overdose");
const ARABIC = phrasesOf("انتحار، أقتل نفسي، الموت");

for (const query of [
  "suicide",
  "Suicid",
  "sucide",
  "suicied thoughts",
  "I will kill myself tonight",
  "kill mysefl",
  "self-harm",
  "to die",
  "DIE",
]) {
  test(`“${query}” is shown help first`, () => assert.ok(isCrisis(query, PHRASES)));
}

for (const query of [
  "",
  "diet",
  "diary",
  "skill",
  "myself",
  "kill time",
  "self",
  "harmony",
  "suit",
]) {
  test(`“${query}” is a search like any other`, () => assert.ok(!isCrisis(query, PHRASES)));
}

for (const query of ["انتحار", "الانتحار", "اقتل نفسي", "موت"]) {
  test(`“${query}” is shown help first, too`, () => assert.ok(isCrisis(query, ARABIC)));
}

test("an empty list finds nobody", () => {
  assert.deepEqual(phrasesOf(" , ,"), []);
  assert.ok(!isCrisis("die", []));
});
