import "../support/english-page.js";
import assert from "node:assert/strict";
import test from "node:test";
import { CodedError, StorageFullError } from "../../../static/js/platform/errors.js";
import { date, time } from "../../../static/js/platform/dates.js";
import { describe, problemOf } from "../../../static/js/answers/save-line.js";

const NOW = new Date(2026, 10, 22, 14, 2);
const BACKUP = {
  enabled: true,
  state: "idle",
  lastBackedUp: null,
  pending: 1,
  problem: null,
  tooLarge: [],
};
const OFF = { ...BACKUP, enabled: false };
const FACTS = {
  saving: false,
  problem: null,
  id: "A",
  savedAt: NOW.getTime(),
  conflict: false,
  backedUp: false,
  online: true,
  backup: BACKUP,
};

const lines = {
  "nothing is written": [{ savedAt: null }, "What you write is saved on this phone as you go."],
  "words are on their way": [{ saving: true }, "Saving…"],
  "backup is off": [{ backup: OFF }, "Saved on this phone AT · backup is off"],
  "backup isn't known yet": [{ backup: null }, "Saved on this phone AT · backup is off"],
  "backup is to come": [{}, "Saved on this phone AT · not backed up yet"],
  "backup is under way": [
    { backup: { ...BACKUP, state: "syncing" } },
    "Saved on this phone AT · backing up…",
  ],
  "it is backed up": [{ backedUp: true }, "Saved on this phone AT · backed up"],
  "the phone is offline": [
    { online: false },
    "Saved on this phone AT · will be backed up when you are online",
  ],
  "the server can't be reached": [
    { backup: { ...BACKUP, state: "waiting", problem: "offline" } },
    "Saved on this phone AT · will be backed up when you are online",
  ],
  "the server has trouble": [
    { backup: { ...BACKUP, state: "waiting", problem: "unavailable" } },
    "Saved on this phone AT · backup isn’t working",
  ],
  "the backup is full": [
    { backup: { ...BACKUP, state: "failed", problem: "quota" } },
    "Saved on this phone AT · backup isn’t working",
  ],
  "some answer has two versions": [
    { conflict: true, backedUp: true },
    "Saved on this phone AT · two versions to compare",
  ],
  "storing failed": [
    { problem: "failed", saving: true },
    "Not saved. These words are only on this screen.",
  ],
  "the phone is full": [
    { problem: "full", savedAt: null },
    "Not saved: this phone has no room left.",
  ],
  "one answer is too long for the room that is left": [
    { problem: "full" },
    "Some words are not saved: this phone has no room for them. The rest is saved.",
  ],
  "the browser refuses storage": [
    { problem: "refused", savedAt: null },
    "This browser can’t keep your words. Copy them before you close.",
  ],
  "the entry is too long for the backup": [
    { backup: { ...BACKUP, problem: "entry_too_large", tooLarge: ["A"] } },
    "Saved on this phone AT · too long for the backup",
  ],
  "another entry is too long for the backup": [
    { backup: { ...BACKUP, problem: "entry_too_large", tooLarge: ["B"] } },
    "Saved on this phone AT · not backed up yet",
  ],
};

for (const [when, [facts, text]] of Object.entries(lines)) {
  test(`when ${when} the line says so`, () => {
    // As this machine writes 14:02.
    const expected = text.replace("AT", time(NOW));
    assert.equal(describe({ ...FACTS, ...facts }, NOW).text, expected);
  });
}

test("words of another day are not given a time of today", () => {
  const earlier = new Date(2026, 10, 20, 9, 0);

  const { text } = describe({ ...FACTS, savedAt: earlier.getTime(), backedUp: true }, NOW);

  assert.equal(text, `Saved on this phone ${date(earlier)} · backed up`);
});

test("words that aren't saved can always be copied", () => {
  for (const problem of ["failed", "full", "refused"]) {
    assert.ok(describe({ ...FACTS, problem }, NOW).actions?.includes("copy"), problem);
  }
});

test("saving, saved and backed up are of one kind, so that a screen reader isn't interrupted", () => {
  const kinds = [{ saving: true }, {}, { backedUp: true }, { online: false }].map(
    (facts) => describe({ ...FACTS, ...facts }, NOW).kind,
  );

  assert.deepEqual(new Set(kinds), new Set(["saved"]));
});

test("every error of the data layer has its sentence", () => {
  assert.equal(problemOf(null), null);
  assert.equal(problemOf(new StorageFullError()), "full");
  assert.equal(problemOf(new CodedError("storage_missing", "")), "refused");
  assert.equal(problemOf(new CodedError("storage_lost", "")), "failed");
  assert.equal(problemOf(new TypeError("a slip")), "failed");
});
