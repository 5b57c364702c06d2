import assert from "node:assert/strict";
import { test } from "node:test";
import { finder } from "../../../../static/js/features/glossary/matching.js";

/** What is found in a text, as "word: what stands there". @param {Record<string, string[]>} terms @param {string} text */
function found(terms, text) {
  const find = finder(Object.entries(terms).map(([word, forms]) => ({ word, forms })));
  return find(text).map(({ word, start, end }) => `${word}: ${text.slice(start, end)}`);
}

const CFT = {
  compassion: ["compassion"],
  cft: ["Compassion Focused Therapy", "CFT"],
  critic: ["critic", "self-critic"],
};

test("a word is found in any case, and not inside another", () => {
  assert.deepEqual(found(CFT, "Compassion, compassionate, COMPASSION."), [
    "compassion: Compassion",
    "compassion: COMPASSION",
  ]);
});

test("the longest form wins", () => {
  assert.deepEqual(found(CFT, "Compassion focused therapy and your self-critic"), [
    "cft: Compassion focused therapy",
    "critic: self-critic",
  ]);
});

test("words side by side are both found", () => {
  assert.deepEqual(found(CFT, "critic critic"), ["critic: critic", "critic: critic"]);
});

test("a letter with a mark and a letter of another script are letters too", () => {
  assert.deepEqual(found(CFT, "critică écritic criticж critic2"), []);
});

test("spaces and apostrophes may be of any kind", () => {
  const terms = { safe: ["isn’t your fault"], ae: ["A&E"] };

  assert.deepEqual(found(terms, "It isn't your\n  fault. Go to A&E?"), [
    "safe: isn't your\n  fault",
    "ae: A&E",
  ]);
});

test("signs that mean something in a pattern are plain letters of a form", () => {
  assert.deepEqual(found({ one: ["(a) b?"], two: ["c.d"] }, "x (a) b? cxd c.d"), [
    "one: (a) b?",
    "two: c.d",
  ]);
});

test("an emergency number is not found at the start of a longer one", () => {
  assert.deepEqual(found({ number: ["999"] }, "Call 999. Or 999 123, or 0999."), ["number: 999"]);
});

test("an Arabic word is found with what is joined to its front", () => {
  const terms = { compassion: ["تعاطف"] };

  for (const joined of [
    "تعاطف",
    "التعاطف",
    "والتعاطف",
    "بالتعاطف",
    "وبتعاطف",
    "للتعاطف",
    "لتعاطف",
  ]) {
    assert.deepEqual(found(terms, `أو ${joined}، ثم`), [`compassion: ${joined}`]);
  }
  assert.deepEqual(found(terms, "متعاطف تعاطفي"), []);
});

test("Arabic signs of vowels may be there or not", () => {
  const terms = { flows: ["اتّجاهات ثلاثة"] };

  assert.deepEqual(found(terms, "الاتجاهات الثلاثة"), ["flows: الاتجاهات الثلاثة"]);
  assert.deepEqual(found(terms, "اتِّجاهات ثـــلاثةٌ"), ["flows: اتِّجاهات ثـــلاثةٌ"]);
});

test("an Arabic form with the article is found only with it", () => {
  const terms = { place: ["المكان الآمن"] };

  assert.deepEqual(found(terms, "للمكان الآمن"), ["place: للمكان الآمن"]);
  assert.deepEqual(found(terms, "مكان آمن، المكان آمن"), []);
});

test("without words nothing is found", () => {
  assert.deepEqual(found({}, "compassion"), []);
  assert.deepEqual(found({ none: [] }, "compassion"), []);
});
