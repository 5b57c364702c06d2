import assert from "node:assert/strict";
import { test } from "node:test";
import { carriedIn, linkTo } from "../../../../static/js/features/reading/carried.js";

globalThis.location = { origin: "https://hearth.example" };
globalThis.document = { documentElement: { dataset: { locale: "en" } } };

test("a link carries the settings in its fragment, which no server sees, and no voice", () => {
  const choices = { theme: "cream", "--size": "1.5", voice_en: "Anna's phone" };

  const link = linkTo(choices);

  assert.equal(link, "https://hearth.example/en/settings/reading#r=theme=cream&--size=1.5");
  assert.deepEqual(carriedIn(new URL(link).hash), { theme: "cream", "--size": "1.5" });
});

test("another fragment carries nothing", () => {
  assert.equal(carriedIn("#glossary"), null);
  assert.equal(carriedIn(""), null);
});
