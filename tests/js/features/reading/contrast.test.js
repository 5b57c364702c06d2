import assert from "node:assert/strict";
import { test } from "node:test";
import { contrast, inkOn } from "../../../../static/js/features/reading/contrast.js";

test("contrast is what WCAG's own examples say, in either order", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
  assert.equal(contrast("#ffffff", "#767676").toFixed(2), "4.54");
  assert.equal(contrast("#123456", "#123456"), 1);
});

test("the letters of a button are those that are easier to read on it", () => {
  assert.equal(inkOn("#ffd54a"), "#000000");
  assert.equal(inkOn("#1d5b50"), "#ffffff");
});

test("either black or white letters reach 4.5 on any colour", () => {
  for (let shade = 0; shade < 256; shade += 5) {
    const two = shade.toString(16).padStart(2, "0");
    for (const colour of [`#${two}${two}${two}`, `#${two}8000`, `#00${two}ff`]) {
      assert.ok(contrast(inkOn(colour), colour) >= 4.5, colour);
    }
  }
});
