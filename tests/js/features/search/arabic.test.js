import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isLatin,
  soundOf,
  stems,
  withoutPrefixes,
} from "../../../../static/js/features/search/arabic.js";

for (const typed of ["بموت", "هموت", "حموت", "سموت", "نموت", "هنموت", "كنموت", "وبموت"]) {
  test(`“${typed}” is a form of “اموت”`, () => assert.ok(withoutPrefixes(typed).includes("اموت")));
}

test("words of other scripts have no such forms", () => {
  assert.deepEqual(withoutPrefixes("hat"), []);
  assert.deepEqual(stems("hat"), []);
});

test("a word is found without the letters before and after it", () => {
  assert.ok(stems("قلقانه").includes("قلقان"));
  assert.ok(stems("ملاحظاتي").includes("ملاحظات"));
  assert.ok(stems("وخوف").includes("خوف"));
});

test("all ways to write an Arabic word in Latin letters sound alike", () => {
  const sounds = (/** @type {string[]} */ ...words) => new Set(words.map(soundOf)).size;

  assert.equal(sounds("amoot", "amout", "amut"), 1);
  assert.equal(sounds("3ayez", "ayez", "3ayiz"), 1);
  assert.equal(sounds("n9tel", "nqtel", "nktel"), 1);
  assert.equal(sounds("amoot", "bedi"), 2);
});

test("digits alone are no Latin word", () => {
  assert.ok(isLatin("3ayez"));
  assert.ok(!isLatin("999"));
  assert.ok(!isLatin("موت"));
});
