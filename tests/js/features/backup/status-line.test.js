import "../../support/english-page.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { statusLine } from "../../../../static/js/features/backup/status-line.js";

/** @param {Partial<import("../../../../static/js/data/backup-status.js").Status>} [own] */
const status = (own) => ({
  enabled: true,
  state: /** @type {const} */ ("idle"),
  lastBackedUp: 1_795_000_000_000,
  pending: 0,
  problem: null,
  tooLarge: [],
  ...own,
});

test("everything backed up is said with the time", () => {
  const { text, state } = statusLine(status(), true);

  assert.match(text, /^Everything is backed up\. Last time: .*2026/);
  assert.equal(state, "ok");
});

test("what is backed up stays backed up when the phone goes offline", () => {
  assert.match(statusLine(status(), false).text, /^Everything is backed up/);
});

test("notes that wait are counted", () => {
  assert.equal(statusLine(status({ pending: 1 }), true).text, "1 note is waiting.");
  assert.equal(statusLine(status({ pending: 3 }), true).text, "3 notes are waiting.");
});

test("without a connection they wait for one, whether the browser or a try has noticed", () => {
  const said = [
    statusLine(status({ pending: 1 }), false),
    statusLine(status({ problem: "offline", state: "waiting" }), true),
    statusLine(status({ problem: "timeout", state: "waiting" }), true),
  ];

  for (const { text } of said) assert.match(text, /^You are offline/);
});

test("a problem is said in words, an unforeseen one with its code", () => {
  const full = statusLine(status({ problem: "quota", state: "failed" }), true);
  const odd = statusLine(status({ problem: "http_418", state: "failed" }), true);

  assert.match(full.text, /^Your backup is full/);
  assert.deepEqual([full.state, odd.details], ["failed", "Code: http_418"]);
});

test("notes that are too long are counted and not said to be lost", () => {
  const { text } = statusLine(status({ problem: "entry_too_large", tooLarge: ["A", "B"] }), true);

  assert.match(text, /^2 notes are too long .* kept on this phone/);
});

test("other phones that keep changing things are not this reader's problem", () => {
  assert.equal(
    statusLine(status({ problem: "busy", pending: 1 }), true).text,
    "1 note is waiting.",
  );
});

test("backup that has never finished says so", () => {
  assert.match(statusLine(status({ lastBackedUp: null }), true).text, /^Nothing has been/);
});
