import assert from "node:assert/strict";
import { test } from "node:test";
import { Worksheets } from "../../../../static/js/answers/worksheets.js";
import { gather } from "../../../../static/js/features/over-time/gather.js";
import "../../support/english-page.js";

/** @param {string} slug @param {object[]} fields @param {number} [revision] */
const sheet = (slug, fields, revision = 1) => ({
  slug,
  title: slug.toUpperCase(),
  revision,
  canonical: `urn:${slug}`,
  sections: [{ name: "one", title: "One", fields }],
});

/** @param {string} name @param {object} own */
const slider = (name, own) => ({ name, type: "slider", label: name, min: 0, max: 10, ...own });

const DAY = { name: "about", type: "date", label: "Day", role: "day" };
const SHEETS = new Worksheets({
  worksheets: [
    sheet("circles", [
      DAY,
      slider("a", { circle: "threat" }),
      slider("b", { circle: "soothing", max: 100 }),
      { name: "c", type: "long", label: "What?", role: "trigger" },
    ]),
    sheet(
      "thoughts",
      [
        slider("x", { role: "before", max: 100, low: "none", high: "all" }),
        slider("y", { role: "after", max: 100 }),
      ],
      2,
    ),
  ],
  earlier: [sheet("thoughts", [slider("x", { role: "before" }), slider("y", { role: "after" })])],
});

/** @param {string} worksheet @param {Record<string, any>} answers @param {object} [own] */
const entry = (worksheet, answers, own) => ({
  id: worksheet,
  kind: "worksheet",
  worksheet,
  revision: 1,
  created: "2026-11-22T12:00:00.000Z",
  seen: {},
  fields: Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [name, [{ value, counter: 1 }]]),
  ),
  ...own,
});

/** @param {...object} entries */
const pictures = (...entries) => gather(entries, SHEETS, NOW);
/** After all the notes' days. */
const NOW = Date.UTC(2027, 0, 1);

test("circles are found by what a question says that it is, each on its own scale", () => {
  const { circles } = pictures(entry("circles", { a: 7, b: 50 }));

  assert.deepEqual(circles[0].sizes, {
    threat: { value: 7, min: 0, max: 10 },
    soothing: { value: 50, min: 0, max: 100 },
  });
  assert.equal(circles[0].address, "notes/note#e=circles");
});

test("the day is the one that the note is about, else the one on which it was begun", () => {
  const { circles } = pictures(
    entry("circles", { a: 1 }),
    entry("circles", { a: 2, about: "2026-01-31" }),
  );

  assert.deepEqual(
    circles.map(({ when, sizes }) => [when.getMonth(), when.getDate(), sizes.threat?.value]),
    [
      [0, 31, 2],
      [10, 22, 1],
    ],
  );
});

test("a note without any circle is none; a value that the scale doesn't have is left out", () => {
  const { circles } = pictures(
    entry("circles", { c: "rain" }),
    entry("circles", { a: 11 }),
    entry("circles", { a: "7" }),
  );

  assert.deepEqual(circles, []);
});

test("revisions with other scales stand in pictures of their own", () => {
  const { series } = pictures(
    entry("thoughts", { x: 3, y: 4 }),
    entry("thoughts", { x: 80, y: 40 }, { revision: 2 }),
  );

  assert.deepEqual(
    series.map(({ max, low, pairs }) => [max, low, pairs[0].before, pairs[0].after]),
    [
      [10, "", 3, 4],
      [100, "none", 80, 40],
    ],
  );
});

test("practice notes are a series too, and one number alone is shown", () => {
  const note = entry("", { before: 3, recording: "safe-place" }, { kind: "practice", id: "p" });

  const [series] = pictures(note).series;

  assert.equal(series.slug, "practice");
  assert.deepEqual(
    series.pairs.map(({ before, after, recording, address }) => [
      before,
      after,
      recording,
      address,
    ]),
    [[3, null, "safe-place", "notes/note#e=p"]],
  );
});

test("of two versions the newer one is drawn", () => {
  const versions = [
    { value: 2, counter: 1 },
    { value: 9, counter: 5 },
    { value: 4, counter: 3 },
  ];

  const { circles } = pictures(entry("circles", {}, { fields: { a: versions } }));

  assert.equal(circles[0].sizes.threat?.value, 9);
});

test("triggers are read from the questions that ask for them", () => {
  const { triggers, written } = pictures(
    entry("circles", { c: "Rain" }, { id: "one" }),
    entry("circles", { c: "rain, snow" }, { id: "two" }),
    entry("circles", { c: "  " }),
  );

  assert.equal(written, 2);
  assert.deepEqual(
    triggers.map(({ phrase }) => phrase),
    ["rain"],
  );
});

test("worksheets, revisions and kinds that aren't known are left alone", () => {
  const { circles, series, written } = pictures(
    entry("gone", { a: 7 }),
    entry("circles", { a: 7 }, { revision: 9 }),
    entry("circles", { a: 7 }, { kind: "kind-words" }),
    entry("circles", { a: 7 }, { created: "never", worksheet: "__proto__" }),
  );

  assert.deepEqual([circles, series, written], [[], [], 0]);
});

test("a day that is still to come, from a wrong clock, gives way to the day on which the note was begun", () => {
  const noted = entry("circles", { a: 7, about: "2099-03-01" });
  const begun = entry("circles", { a: 7 }, { created: "2099-03-01T12:00:00.000Z" });

  const [first, last] = pictures(noted, begun).circles;

  assert.deepEqual(first.when, new Date(2026, 10, 22));
  assert.ok(last.when.getTime() <= NOW);
});
