import assert from "node:assert/strict";
import { test } from "node:test";
import { choices, diary, group, line } from "../../support/diary.js";
import "../../support/english-page.js";
import { Worksheets } from "../../../../static/js/answers/worksheets.js";
import { groupsOf } from "../../../../static/js/features/notes/groups.js";
import { noteText } from "../../../../static/js/features/notes/note-text.js";

const FIELDS = [
  { name: "day", type: "date", label: "Which day?" },
  choices("feelings", "Feelings", { sad: "Sadness", hurt: "Hurt" }),
  group("steps", "Step", line("what", "What")),
];
const WORKSHEETS = new Worksheets({
  worksheets: [diary(2, { Start: FIELDS })],
  earlier: [diary(1, { Start: [line("old", "The old question")] })],
});
const NAMES = {
  title: (/** @type {string} */ kind) => ({ title: `<${kind}>` }),
  recording: (/** @type {string} */ slug) => ({ title: `Recording ${slug}` }),
  practice: (/** @type {string} */ name) => name,
  item: (/** @type {string} */ name, /** @type {number} */ num) => `${name} ${num}`,
  speech: {
    slider: (/** @type {number} */ value, /** @type {number} */ max) => `${value} of ${max}`,
    date: (/** @type {Date} */ when) => String(when.getFullYear()),
    list: (/** @type {string[]} */ labels) => labels.join(" + "),
  },
};

/** @param {Record<string, any[]>} fields values, oldest first @param {object} [own] */
function said(fields, own) {
  const versions = Object.entries(fields).map(([name, values]) => [
    name,
    values.map((value, counter) => ({ value, counter })),
  ]);
  const entry = {
    id: "A",
    kind: "worksheet",
    worksheet: "diary",
    revision: 2,
    created: "2026-11-22T10:00:00.000Z",
    seen: { a: Date.parse("2026-11-23T10:00:00.000Z") },
    fields: Object.fromEntries(versions),
    ...own,
  };
  return noteText(entry, WORKSHEETS, NAMES, Date.UTC(2027, 0, 1));
}

const lines = (/** @type {ReturnType<typeof said>} */ { parts }) =>
  parts.flatMap(({ answers }) =>
    answers.map(({ label, texts }) => `${label}: ${texts.join(" / ")}`),
  );

test("answers stand under their questions, in the order of the page, without what was left out", () => {
  const note = said({ feelings: [["hurt", "sad"]], day: ["2026-11-22"], steps: [[]] });

  assert.deepEqual(lines(note), ["Which day?: 2026", "Feelings: Hurt + Sadness"]);
  assert.equal(note.title, "Diary");
  assert.equal(new Date(note.changed).toISOString(), "2026-11-23T10:00:00.000Z");
});

test("an entry of an earlier revision has the questions of that revision", () => {
  const note = said({ old: ["yes"] }, { revision: 1 });

  assert.deepEqual(lines(note), ["The old question: yes"]);
});

test("two versions are both there, the newest first; the same twice is there once", () => {
  assert.deepEqual(lines(said({ day: ["", "rain", "rain", "2026-01-01"] })), [
    "Which day?: 2026 / rain",
  ]);
});

test("what a newer version wrote is there under its own name", () => {
  assert.deepEqual(lines(said({ mood: [{ a: 1 }] })), ['mood: {"a":1}']);
  const newer = said({ old: ["yes"] }, { revision: 9 });
  assert.deepEqual([newer.title, ...lines(newer)], ["Diary", "old: yes"]);
  assert.equal(said({}, { worksheet: "gone" }).title, "<gone>");
  assert.equal(said({}, { kind: "mystery" }).title, "<newer>");
});

test("each of a repeated group stands by itself", () => {
  const { parts } = said({
    steps: [
      [
        { _id: "1", what: "Ring Anna" },
        { _id: "2", what: " " },
        { _id: "3", what: "Walk" },
      ],
    ],
  });

  assert.deepEqual(
    parts[0].answers[0].items?.map(({ label, answers }) => [label, answers[0].texts[0]]),
    [
      ["Step 1", "Ring Anna"],
      ["Step 2", "Walk"],
    ],
  );
});

test("a practice note is known by its recording and says how it was", () => {
  const note = said(
    { recording: ["safe-place"], before: [3], after: [6], words: ["rain"], version: ["full"] },
    { kind: "practice", worksheet: undefined },
  );

  assert.equal(note.title, "Recording safe-place");
  assert.deepEqual(lines(note), ["before: 3 of 10", "after: 6 of 10", "words: rain"]);
});

test("kind words need no question", () => {
  const note = said({ words: ["You are doing well"] }, { kind: "kind-words" });

  assert.deepEqual([note.title, ...lines(note)], ["<kind-words>", ": You are doing well"]);
});

const row = (/** @type {string} */ id, /** @type {object} */ own) =>
  /** @type {any} */ ({ id, what: "worksheet", ...own });

test("the list has a heading for each month, and one for what has no date", () => {
  const rows = [
    row("a", { changed: new Date(2026, 10, 22).getTime() }),
    row("b", { changed: new Date(2026, 10, 1).getTime() }),
    row("c", { changed: new Date(2025, 10, 1).getTime() }),
    row("d", { what: "unreadable" }),
  ];

  const groups = groupsOf(rows, "date").map(({ rows }) => rows.map(({ id }) => id).join(""));

  assert.deepEqual(groups, ["ab", "c", "d"]);
});

test("by worksheet, what was written last comes first, of the groups as within them", () => {
  const rows = [
    row("a", { worksheet: "diary" }),
    row("b", { what: "practice" }),
    row("c", { worksheet: "letter" }),
    row("d", { worksheet: "diary" }),
  ];

  const groups = groupsOf(rows, "worksheet").map(({ rows }) => rows.map(({ id }) => id).join(""));

  assert.deepEqual(groups, ["ad", "b", "c"]);
});
