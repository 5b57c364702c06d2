import "../../support/english-page.js";
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { statusLine } from "../../../../static/js/features/backup/status-line.js";

/** @param {Partial<import("../../../../static/js/data/backup-status.js").Status>} [own] */
const status = (own) => ({
  enabled: true,
  state: /** @type {const} */ ("idle"),
  lastBackedUp: Date.UTC(2026, 0, 2),
  pending: 0,
  problem: null,
  tooLarge: [],
  unopened: 0,
  unreadable: 0,
  missing: 0,
  phones: [],
  ...own,
});

test("everything backed up is said with the time", () => {
  const { text, state } = statusLine(status(), true);

  assert.match(text, /^Everything is backed up\. Last time: .*2026/);
  assert.equal(state, "ok");
});

test("a time that a wrong clock gave isn't said to be the last", () => {
  const { text } = statusLine(status({ lastBackedUp: Date.UTC(2099, 2, 1) }), true);

  assert.ok(!text.includes("2099"), text);
});

test("what is backed up stays backed up when the phone goes offline", () => {
  assert.match(statusLine(status(), false).text, /^Everything is backed up/);
});

test("notes that wait are counted", () => {
  assert.equal(statusLine(status({ pending: 1 }), true).text, "1 note is waiting.");
  assert.equal(statusLine(status({ pending: 3 }), true).text, "3 notes are waiting.");
});

test("only a phone without a connection is said to be offline", () => {
  const said = (own, online) => statusLine(status({ state: "waiting", ...own }), online).text;

  assert.match(said({ pending: 1 }, false), /^You are offline/);
  assert.match(said({ problem: "offline" }, false), /^You are offline/);
  assert.match(said({ problem: "offline" }, true), /^The server can’t be reached/);
  assert.match(said({ problem: "timeout" }, true), /^The connection is very slow/);
  assert.match(said({ problem: "bad_answer" }, true), /the Wi-Fi wants you to sign in/);
});

test("it never says everything while something can’t be opened or is missing", () => {
  const said = (own) => statusLine(status(own), true);

  for (const own of [
    { unopened: 2 },
    { missing: 1 },
    { unreadable: 1 },
    { unopened: 1, missing: 3 },
  ]) {
    assert.doesNotMatch(said(own).text, /Everything/);
    assert.equal(said(own).state, "failed");
  }
  assert.match(
    said({ unopened: 2 }).text,
    /^2 notes in the backup can’t be opened here\. They stay/,
  );
  assert.match(said({ missing: 1 }).text, /^1 note is missing from the backup/);
});

/** All codes that the server or this app can give, read from where they are given. */
async function allCodes() {
  const given = /ApiError\(\s*\d+,\s*"([a-z_]+)"|too_many\(\s*"([a-z_]+)"|\d{3}: \("([a-z_]+)"/gu;
  const folder = new URL("../../../../hearth_cft/web/api/", import.meta.url);
  const sources = (await readdir(folder)).filter((name) => name.endsWith(".py"));
  const texts = await Promise.all(sources.map((name) => readFile(new URL(name, folder), "utf8")));
  const codes = [...texts.join("\n").matchAll(given)].map(([, ...found]) => found.find(Boolean));
  const statuses = [400, 401, 403, 404, 405, 407, 408, 409, 410, 411, 412, 413, 414, 415, 422, 425]
    .concat([429, 431, 451, 500, 501, 502, 503, 504, 507, 511, 520])
    .map((status) => `http_${status}`);
  return [...new Set(codes), ...statuses, "offline", "timeout", "bad_answer", "quota"].concat([
    "sign_in",
    "sign_in_clash",
    "storage_full",
    "storage_lost",
    "storage_missing",
    "storage_blocked",
    "storage_newer",
    "entry_too_large",
    "unexpected",
  ]);
}

test("every code has words and a next step, and none is the whole answer", async () => {
  const codes = await allCodes();
  assert.ok(codes.length > 45, `${codes}`);
  for (const problem of codes) {
    const { text } = statusLine(status({ problem, tooLarge: ["A"], state: "failed" }), true);
    assert.ok(text.length > 30, `${problem}: ${text}`);
    assert.doesNotMatch(text, /http_|_/u, problem);
    const isNextStep =
      /try|tell|open|type|carr(y|ies) on|sent later|kept|room|Wait|turn on|Delete/iu;
    assert.match(text, isNextStep, problem);
  }
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
