import assert from "node:assert/strict";
import test from "node:test";
import {
  missingIds,
  phonesOf,
  planContents,
  planPhone,
  planRemoved,
  removedIds,
  withPlanned,
} from "../../../static/js/data/bookkeeping.js";
import { merge, newState, removeState, writeFields } from "../../../static/js/data/entry.js";

const ids = () => {
  let number = 0;
  return () => `new${(number += 1)}`;
};

/** The states with what was planned. */
function carriedOut(states, kind, plan, actor = "a", now = 1) {
  const planned = [...plan].map(([id, values]) => [
    id,
    withPlanned(kind, states.get(id), values, actor, now),
  ]);
  return new Map([...states, ...planned]);
}

const note = (counter) => writeFields(newState({ kind: "note" }, 0), { text: "x" }, "a", counter);

test("removed entries are listed, and a second list begins when the first one is full", () => {
  const entries = Array.from({ length: 250 }, (_, number) => `entry${number}`);
  const newId = ids();
  let states = new Map();
  for (let start = 0; start < 250; start += 40) {
    const some = entries.slice(start, start + 40);
    states = carriedOut(states, "removed", planRemoved(states, some, newId));
  }

  assert.deepEqual([...removedIds(states)].sort(), entries.sort());
  assert.equal(states.size, 3);
});

test("lists of removed entries are joined, whatever one of them has seen", () => {
  const before = withPlanned("removed", undefined, { x: 1 }, "a", 100);
  // The clock of this phone was set back, and its storage is an old copy.
  const old = withPlanned("removed", undefined, { y: 1 }, "a", 50);

  for (const merged of [merge(before, old), merge(old, before)]) {
    assert.deepEqual(Object.keys(merged.fields).sort(), ["x", "y"]);
  }
});

test("a list of removed entries can't be deleted", () => {
  const list = withPlanned("removed", undefined, { x: 1 }, "a", 100);

  assert.deepEqual(Object.keys(merge(removeState(list), list).fields), ["x"]);
});

test("contents name what is backed up, and the newest counter wins", () => {
  const newId = ids();
  let states = new Map([["one", note(5)]]);
  states = carriedOut(states, "contents", planContents(states, new Map([["one", 5]]), newId));
  const [other] = [...states].filter(([, { kind }]) => kind === "contents");
  const later = withPlanned("contents", other[1], { one: 9 }, "b", 2);
  const stale = withPlanned("contents", other[1], { one: 7 }, "a", 3);
  states.set(other[0], merge(later, stale));

  assert.deepEqual(missingIds(states), ["one"]);
  assert.deepEqual(missingIds(new Map([...states, ["one", note(9)]])), []);
  assert.equal(planContents(states, new Map([["one", 9]]), newId).size, 0);
});

test("what is gone from the backup is missing, and what was removed isn't", () => {
  const newId = ids();
  const counters = new Map([
    ["one", 5],
    ["two", 5],
  ]);
  let states = carriedOut(new Map(), "contents", planContents(new Map(), counters, newId));
  states = carriedOut(states, "removed", planRemoved(states, ["two"], newId));

  assert.deepEqual(missingIds(states), ["one"]);
});

test("a phone is noted once a day, and only its last days are kept", () => {
  const newId = ids();
  let states = new Map();
  const days = Array.from(
    { length: 40 },
    (_, day) => `2026-01-${String(day + 1).padStart(2, "0")}`,
  );
  const today = (day) => ({ browser: "Firefox", system: "Android", day });
  for (const day of days) {
    states = carriedOut(states, "phones", planPhone(states, "a", today(day), newId));
  }

  assert.equal(states.size, 1);
  assert.deepEqual(phonesOf(states).get("a").days, days.slice(-30));
  assert.equal(planPhone(states, "a", today(days.at(-1)), newId).size, 0);
});

test("two lists of phones made at the same time count as one", () => {
  const today = { browser: "Firefox", system: "Android", day: "2026-01-02" };
  const a = carriedOut(
    new Map(),
    "phones",
    planPhone(new Map(), "a", today, () => "p1"),
    "a",
  );
  const b = carriedOut(
    new Map(),
    "phones",
    planPhone(new Map(), "b", today, () => "p2"),
    "b",
  );

  assert.deepEqual([...phonesOf(new Map([...a, ...b])).keys()], ["a", "b"]);
});

test("phones that another version wrote in another way are left out", () => {
  const state = withPlanned("phones", undefined, { a: 7, b: { browser: "x" }, c: null }, "a", 1);

  assert.equal(phonesOf(new Map([["p", state]])).size, 0);
});
