import assert from "node:assert/strict";
import { test } from "node:test";
import { calendarFile, cleanTitle } from "../../../../static/js/features/practice/calendar-file.js";

// The server's own, made by icalendar, is compared in tests/web/test_calendar.py.
const TEMPLATE = `BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
SUMMARY:-
DTSTART:20260105T080000
DURATION:PT10M
DTSTAMP:20260105T000000Z
UID:-
RRULE:FREQ=WEEKLY;BYDAY=MO
URL:https://example.org/
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:-
TRIGGER:P0D
END:VALARM
END:VEVENT
END:VCALENDAR
`;
/** A Monday. */
const MADE = { now: new Date(2026, 10, 23, 9, 15), uid: "b6a0" };
const CHOSEN = {
  title: "Practice",
  days: ["FR", "TU"],
  at: "19:30",
  minutes: 15,
  reminder: false,
  link: null,
};

/** @param {object} [own] @returns {string[]} */
const linesOf = (own) => calendarFile(TEMPLATE, { ...CHOSEN, ...own }, MADE).split("\r\n");

test("what was chosen stands in the file, days in the order of the week", () => {
  const lines = linesOf();

  for (const line of [
    "SUMMARY:Practice",
    "DTSTART:20261124T193000",
    "DURATION:PT15M",
    "UID:b6a0",
    "RRULE:FREQ=WEEKLY;BYDAY=TU,FR",
  ]) {
    assert.ok(lines.includes(line), line);
  }
});

test("today counts as the first day", () => {
  assert.ok(linesOf({ days: ["MO"] }).includes("DTSTART:20261123T193000"));
  assert.ok(linesOf({ days: ["SU"] }).includes("DTSTART:20261129T193000"));
});

test("it rings and links only when asked to", () => {
  const quiet = linesOf().join("\n");
  const all = linesOf({ reminder: true, link: "https://a.example/en/recordings/" });

  assert.doesNotMatch(quiet, /VALARM|TRIGGER|DESCRIPTION|URL|http/);
  assert.ok(all.includes("BEGIN:VALARM") && all.includes("DESCRIPTION:Practice"));
  assert.ok(all.includes("URL:https://a.example/en/recordings/"));
});

test("no title can add a line of its own", () => {
  const lines = linesOf({ title: "One\r\nATTENDEE:mailto:a@b.example\u2028X:y" });

  assert.ok(lines.includes("SUMMARY:One ATTENDEE:mailto:a@b.example X:y"));
});

test("commas and semicolons are escaped, and a backslash is none", () => {
  assert.ok(linesOf({ title: "Tea, then; a\\Nb" }).includes("SUMMARY:Tea\\, then\\; a/Nb"));
});

test("long lines are folded at 75 octets, never inside of a letter", () => {
  const title = "🫖é".repeat(30);

  const lines = linesOf({ title });

  const unfolded = lines.join("\r\n").replaceAll("\r\n ", "");
  assert.ok(unfolded.includes(`SUMMARY:${title}`));
  for (const line of lines) assert.ok(new TextEncoder().encode(line).length <= 75);
});

test("spaces around a title go, joiners inside of a word stay", () => {
  assert.equal(cleanTitle("  وقت\u200cهادئ \n"), "وقت\u200cهادئ");
});
