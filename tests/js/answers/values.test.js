import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  day,
  meantDay,
  fits,
  isNothing,
  isoDay,
  keepBoth,
  nothing,
  words,
} from "../../../static/js/answers/values.js";

const speech = {
  slider: (value, max) => `${value} of ${max}`,
  date: (when) => when.toDateString(),
  list: (labels) => labels.join(", "),
};
const feelings = {
  type: "choices",
  label: "What do you feel?",
  options: [
    { value: "afraid", label: "Afraid" },
    { value: "hurt", label: "Hurt" },
    { value: "numb", label: "Numb" },
  ],
};
const moments = {
  type: "group",
  label: "Moments",
  fields: { happened: { type: "text", label: "What happened?" }, feelings },
};
const slider = { type: "slider", label: "How big?", min: 0, max: 10 };

test("a question without an answer holds nothing, whatever its type", () => {
  for (const type of ["text", "long", "slider", "choice", "choices", "date", "group"]) {
    assert.ok(isNothing(nothing(type)), type);
    assert.ok(fits({ type, label: "" }, nothing(type)), type);
  }
});

test("the lowest value of a slider is an answer", () => {
  assert.equal(isNothing(0), false);
  assert.equal(words(slider, 0, speech), "0 of 10");
});

test("an item of a group in which nothing is written is nothing", () => {
  assert.ok(isNothing([{ _id: "a", happened: " ", feelings: [] }]));
  assert.equal(isNothing([{ _id: "a", happened: "the bus", feelings: [] }]), false);
});

test("what a newer version may have written doesn't fit", () => {
  const odd = [
    [slider, 11],
    [slider, "7"],
    [feelings, ["afraid", "thoughtful"]],
    [{ type: "choice", label: "", options: feelings.options }, "thoughtful"],
    [{ type: "text", label: "" }, { rich: "text" }],
    [{ type: "date", label: "" }, "2026-02-30"],
    [moments, [{ _id: "a", happened: "x", where: "there" }]],
    [moments, ["x"]],
  ];
  for (const [question, value] of odd) {
    assert.equal(fits(question, value), false, JSON.stringify(value));
  }
});

test("a value that doesn't fit is still said in words", () => {
  assert.equal(words(feelings, ["afraid", "thoughtful"], speech), "Afraid, thoughtful");
  assert.equal(words({ type: "text", label: "" }, { rich: 1 }, speech), '{"rich":1}');
});

test("a group is said item by item, with its questions", () => {
  const value = [
    { _id: "a", happened: "The bus", feelings: ["hurt"] },
    { _id: "b", happened: "The phone", feelings: [] },
  ];

  assert.equal(
    words(moments, value, speech),
    "What happened?\nThe bus\nWhat do you feel?\nHurt\n\nWhat happened?\nThe phone",
  );
});

test("both texts are kept one after the other", () => {
  assert.equal(keepBoth({ type: "long", label: "" }, ["tea", "a walk"]), "tea\n\na walk");
  assert.equal(keepBoth({ type: "text", label: "" }, ["tea", "", "a walk"]), "tea · a walk");
});

test("both choices are kept in the order of the worksheet", () => {
  assert.deepEqual(keepBoth(feelings, [["numb"], ["hurt", "afraid"]]), ["afraid", "hurt", "numb"]);
});

test("of two versions of a group every item stays, and one that is the same in both stands once", () => {
  const bus = { _id: "a", happened: "The bus" };
  const other = { _id: "a", happened: "The bus was late" };
  const phone = { _id: "b", happened: "The phone" };

  const kept = keepBoth(moments, [
    [bus, phone],
    [other, phone],
  ]);

  assert.deepEqual(
    kept.map(({ happened }) => happened),
    ["The bus", "The phone", "The bus was late"],
  );
  assert.equal(new Set(kept.map(({ _id }) => _id)).size, 3);
});

test("a day comes back from its text in the reader's own time zone", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(1900, 0, 1), max: new Date(2100, 0, 1), noInvalidDate: true }),
      (when) => {
        const back = day(isoDay(when));
        assert.equal(back?.toDateString(), when.toDateString());
      },
    ),
  );
});

const meant = {
  "0026-01-05": "2026-01-05",
  "0046-01-05": "2046-01-05",
  "0047-01-05": "1947-01-05",
  "0085-01-05": "1985-01-05",
  "0005-01-05": "2005-01-05",
  "0202-01-05": "2026-01-05",
  "0199-01-05": "1999-01-05",
  "0226-01-05": "2026-01-05",
  "1026-01-05": "2026-01-05",
  "1899-12-31": "1999-12-31",
  "2206-01-05": "2006-01-05",
  "0024-02-29": "2024-02-29",
  "0202-02-28": "2026-02-28",
  "1026-02-29": "",
  "2026-01-05": "",
  "1900-01-01": "",
  "2199-12-31": "",
  yesterday: "",
  "": "",
};

for (const [text, expected] of Object.entries(meant)) {
  test(`whoever typed ${text || "nothing"} is asked about ${expected || "no date"}`, () => {
    assert.equal(meantDay(text, new Date(2026, 10, 22)), expected);
  });
}

test("a year that can't be meant is kept, and said as it was typed", () => {
  const question = { type: "date", label: "When?" };

  assert.equal(day("0026-01-05"), undefined);
  assert.ok(fits(question, "0026-01-05"));
  assert.equal(words(question, "0026-01-05", { ...speech, date: isoDay }), "0026-01-05");
});
