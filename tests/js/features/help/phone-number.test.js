import assert from "node:assert/strict";
import { test } from "node:test";
import { callable, readNumber } from "../../../../static/js/features/help/phone-number.js";

/** What is typed, what is shown, and what is called. */
const NUMBERS = {
  "07700 900123": ["07700 900123", "07700900123"],
  "  020-7946.0000 ": ["020-7946.0000", "02079460000"],
  "+44 (0)20 7946 0000": ["+44 (0)20 7946 0000", "+442079460000"],
  "0044 20 7946 0000": ["0044 20 7946 0000", "+442079460000"],
  "(020) 7946 0000": ["(020) 7946 0000", "02079460000"],
  "+49 30/901820": ["+49 30/901820", "+4930901820"],
  "tel:+442079460000": ["+442079460000", "+442079460000"],
  "\u202a+44 7700 900123\u202c": ["+44 7700 900123", "+447700900123"],
  "020\u00a07946\u20110000": ["020 7946‑0000", "02079460000"],
  "٠١٢٣٤٥٦٧٨٩": ["0123456789", "0123456789"],
  "+۹۸ ۲۱ ۱۲۳۴": ["+98 21 1234", "+98211234"],
  111: ["111", "111"],
};

for (const [typed, [number, tel]] of Object.entries(NUMBERS)) {
  test(`"${typed}" is the number ${tel}`, () => {
    assert.deepEqual(readNumber(typed), { number, tel });
  });
}

/** @type {[string, string][]} */
const FAULTS = [
  ["", "missing"],
  [" \u200e ", "missing"],
  ["my sister", "letters"],
  ["020 7946 0000 ext 12", "letters"],
  ["*31#07700900123", "letters"],
  ["07700+900123", "letters"],
  ["07700900123;phone-context=x", "letters"],
  ["javascript:1", "letters"],
  ["12", "short"],
  ["+", "letters"],
  ["1234567890123456", "long"],
];

for (const [typed, fault] of FAULTS) {
  test(`"${typed}" is no number: ${fault}`, () => {
    assert.deepEqual(readNumber(typed), { fault });
  });
}

test("of stored numbers, only those are called that can be", () => {
  const tels = callable(["*31#", "sam", "112"]).map(({ tel }) => tel);

  assert.deepEqual(tels, ["112"]);
});
