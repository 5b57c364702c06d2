import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, WEEKS, weeksOf } from "../../../static/js/answers/weeks.js";

/** A Monday. */
const NOW = new Date(2026, 10, 23, 9);

/** @param {string} day @param {object} [own] */
const note = (day, own) => ({
  id: day,
  kind: "practice",
  created: new Date(`${day}T18:00`).toISOString(),
  changed: 0,
  filled: 3,
  conflicts: 0,
  practice: {
    recording: "safe-place",
    version: "full",
    day,
    before: 5,
    after: 7,
    words: "",
    ...own,
  },
});

/** @param {string} day @param {number} [firstDay] */
const weekOf = (day, firstDay) => weeksOf([note(day)], NOW, firstDay).times[0]?.week;

test("the last week is the one that today is in", () => {
  assert.equal(weekOf("2026-11-23"), WEEKS - 1);
  assert.equal(weekOf("2026-11-22"), WEEKS - 2);
});

test("weeks begin where the reader's weeks begin", () => {
  assert.equal(weekOf("2026-11-22", 7), WEEKS - 1);
  assert.equal(weeksOf([], NOW, 7).from.getDay(), 0);
  assert.equal(weeksOf([], NOW, 6).from.getDay(), 6);
});

test("what is older than the weeks, or not yet, isn't in them", () => {
  assert.equal(weekOf("2026-10-05"), 0);
  assert.equal(weekOf("2026-10-04"), undefined);
  assert.equal(weekOf("2026-11-30"), undefined);
});

test("the newest comes first, and a day has its place in the week", () => {
  const { times } = weeksOf([note("2026-11-16"), note("2026-11-18"), note("2026-11-23")], NOW);

  assert.deepEqual(
    times.map(({ id }) => id),
    ["2026-11-23", "2026-11-18", "2026-11-16"],
  );
  assert.equal(times[1]?.within, (2 + 0.75) / 7);
});

test("a week in which the clock changes has seven days like any other", () => {
  const before = weeksOf([note("2026-10-24")], NOW).times[0];
  const after = weeksOf([note("2026-10-26")], NOW).times[0];

  assert.deepEqual([before?.week, after?.week], [2, 3]);
});

test("a day that was written elsewhere on the earth stays that day", () => {
  const far = { ...note("2026-11-20"), created: "2026-11-22T03:00:00.000Z" };

  const [time] = weeksOf([far], NOW).times;

  assert.deepEqual([time?.day.getDate(), time?.within], [20, 4.5 / 7]);
});

test("a page of the practice diary is a time of practice like any other", () => {
  const { practice, ...about } = note("2026-11-23");
  const page = { ...about, kind: "worksheet", worksheet: "practice-diary", diary: practice };

  const [time] = weeksOf([page], NOW).times;

  assert.deepEqual(
    [time?.worksheet, time?.before, time?.after],
    ["practice-diary", practice.before, practice.after],
  );
});

test("a note without a day stands where it was made", () => {
  const undated = { ...note("2026-11-20").practice, day: "" };

  const [time] = weeksOf([{ ...note("2026-11-20"), practice: undated }], NOW).times;

  assert.equal(time?.day.getDate(), 20);
});

test("other notes aren't practice", () => {
  const { practice, ...worksheet } = note("2026-11-20");

  assert.deepEqual(weeksOf([{ ...worksheet, kind: "worksheet" }], NOW).times, []);
});

test("more, the same and less at ease are told apart, and what wasn't given isn't counted", () => {
  const { times } = weeksOf(
    [
      note("2026-11-20"),
      note("2026-11-19", { after: 5 }),
      note("2026-11-18", { after: 1 }),
      note("2026-11-17", { after: null }),
      note("2026-11-16", { before: 0, after: 1 }),
    ],
    NOW,
  );

  assert.deepEqual(compare(times), { more: 2, same: 1, less: 1 });
});

test("a day that is still to come, from a wrong clock, gives way to the day on which the note was begun", () => {
  const noted = note("2026-11-18");
  noted.practice.day = "2099-03-01";

  assert.equal(weeksOf([noted], NOW).times[0]?.day.toDateString(), "Wed Nov 18 2026");
});
