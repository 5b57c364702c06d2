import assert from "node:assert/strict";
import { test } from "node:test";
import { SETS, derived, withSet } from "../../../../static/js/features/reading/sets.js";

const OWN = {
  theme: "own",
  "--own-paper": "#101020",
  "--own-ink": "#ffffff",
  "--own-link": "#ffe680",
  "--own-button": "#ffe680",
};

test("a ready-made set takes the place of other looks, and leaves words and voices", () => {
  const before = { theme: "dark", words: "easy", glossary: "on", voice_en: "Hazel", speed: "1.2" };

  const after = withSet("distracted", before);

  const kept = { words: "easy", glossary: "on", voice_en: "Hazel", speed: "1.2" };
  assert.deepEqual(after, { ...kept, ...SETS.distracted });
});

test("large text may divide long words, and smaller text doesn't", () => {
  assert.equal(derived({ "--size": "1.6" }).large, "on");
  assert.equal(derived({ "--size": "1.55", large: "on" }).large, undefined);
});

test("own colours bring letters for buttons, and say whether the paper is dark", () => {
  assert.deepEqual(derived(OWN), { ...OWN, "--own-button-ink": "#000000", shade: "dark" });
  const light = { "--own-paper": "#ffffff", "--own-ink": "#000000", "--own-link": "#102040" };
  assert.equal(derived({ ...OWN, ...light }).shade, undefined);
});

test("without own colours nothing of them is left over", () => {
  const choices = { theme: "cream", shade: "dark", "--own-button-ink": "#000000" };

  assert.deepEqual(derived(choices), { theme: "cream" });
});

test("own colours that can't be read, or aren't all there, are not used", () => {
  const { "--own-link": _, ...incomplete } = OWN;

  assert.equal(derived(OWN).theme, "own");
  assert.equal(derived({ ...OWN, "--own-ink": "#101021" }).theme, undefined);
  assert.equal(derived(incomplete).theme, undefined);
  assert.equal(derived({ theme: "own" }).theme, undefined);
});
