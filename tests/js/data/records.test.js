import assert from "node:assert/strict";
import test from "node:test";
import { RecordBook } from "../../../static/js/data/records.js";

const live = (entry, digest) => ({ entry, digest });
const pending = (id, entry, digest, supersedes = []) => ({
  entry,
  digest,
  pending: { id, entry, supersedes, sealed: "" },
});
const book = (rows) => new RecordBook(new Map(Object.entries(rows)));

test("an entry is backed up by one live record that carries its state", () => {
  const records = book({ one: live("e", "now") });

  assert.equal(records.isBackedUp("e", "now"), true);
  assert.equal(records.isBackedUp("e", "later"), false);
  assert.equal(records.isBackedUp("other", "now"), false);
});

test("an entry with two live records isn't backed up until they are one", () => {
  const records = book({ one: live("e", "now"), two: live("e", "now") });

  assert.equal(records.isBackedUp("e", "now"), false);
});

test("a record on its way backs nothing up", () => {
  assert.equal(book({ one: pending("one", "e", "now") }).isBackedUp("e", "now"), false);
});

test("what is no longer live is forgotten, what is on its way is not", () => {
  const records = book({ gone: live("e", "old"), sent: pending("sent", "e", "now") });

  assert.deepEqual(records.reconcile([]), [["records", "gone", undefined]]);
  assert.deepEqual([...records.rows.keys()], ["sent"]);
});

test("what was on its way and is live has arrived", () => {
  const records = book({ sent: pending("sent", "e", "now") });

  const changes = records.reconcile([{ id: "sent", entry: "e" }]);

  assert.deepEqual(changes, [["records", "sent", live("e", "now")]]);
  assert.equal(records.isBackedUp("e", "now"), true);
});

test("a record that arrived takes the place of those that it supersedes", () => {
  const records = book({ old: live("e", "old"), sent: pending("sent", "e", "now", ["old"]) });

  records.arrived(records.rows.get("sent").pending);

  assert.equal(records.isBackedUp("e", "now"), true);
  assert.deepEqual([...records.rows.keys()], ["sent"]);
});

test("a record is sent again for the same state and the same live records only", () => {
  const rows = {
    b: live("e", ""),
    a: live("e", ""),
    sent: pending("sent", "e", "now", ["b", "a"]),
  };

  assert.equal(book(rows).retryOf("e", "now")?.id, "sent");
  assert.equal(book(rows).retryOf("e", "later"), undefined);
  assert.equal(book({ ...rows, c: live("e", "") }).retryOf("e", "now"), undefined);
});
