import assert from "node:assert/strict";
import test from "node:test";
import { openVault } from "../../../static/js/data/entries.js";
import { summarise, timesOf, viewEntry } from "../../../static/js/data/entry-view.js";
import { Clock, createPhone } from "../support/surroundings.js";

const NOW = Date.UTC(2026, 10, 22);
const DAY = 24 * 60 * 60 * 1000;
const AHEAD = Date.UTC(2099, 2, 1);
const iso = (time) => new Date(time).toISOString();

/** A state with these times. */
const state = (created, ...counters) => ({
  kind: "worksheet",
  created: iso(created),
  seen: Object.fromEntries(counters.map((counter, index) => [`phone${index}`, counter])),
  fields: {},
  deleted: false,
});

/** Times of creation and of the phones' last writes, and what is shown: begun and changed. */
const times = {
  "every clock was right": [
    [NOW - 5, NOW - 3, NOW - 2],
    [NOW - 5, NOW - 2],
  ],
  "one clock was once ahead": [
    [NOW - 5, NOW - 3, AHEAD],
    [NOW - 5, NOW - 3],
  ],
  "the only clock was once ahead": [
    [NOW - 5, AHEAD],
    [NOW - 5, NOW - 5],
  ],
  "the note was begun with a clock ahead": [
    [AHEAD, NOW - 3],
    [NOW - 3, NOW - 3],
  ],
  "nothing but a clock ahead is known": [
    [AHEAD, AHEAD + 1],
    [NOW, NOW],
  ],
  "another phone is a little ahead": [
    [NOW - 5, NOW + 60_000],
    [NOW - 5, NOW],
  ],
  "a clock was a week ahead": [
    [NOW - 5, NOW + 7 * DAY],
    [NOW - 5, NOW - 5],
  ],
};

for (const [when, [[created, ...counters], [begun, changed]]] of Object.entries(times)) {
  test(`when ${when}, no time that is shown is in the future`, () => {
    assert.deepEqual(timesOf(state(created, ...counters), NOW), { begun, changed });
    for (const view of [summarise, viewEntry]) {
      const shown = view("A", state(created, ...counters), NOW);
      assert.deepEqual([shown.created, shown.changed], [iso(begun), changed]);
    }
  });
}

test("a note that was once touched with a clock ahead doesn't stay first in the list", async () => {
  const clock = new Clock(NOW);
  const vault = await openVault(createPhone({ clock }).tab());
  const write = async (words) => {
    const { id } = vault.create({ kind: "worksheet" });
    await vault.write(id, { words });
    return id;
  };
  const old = await write("tea");
  clock.time = AHEAD;
  await vault.write(old, { words: "a walk" });
  clock.time = NOW + DAY;
  const late = await write("music");

  const { entries } = await vault.list();

  assert.deepEqual(
    entries.map(({ id, changed }) => [id, changed]),
    [
      [late, NOW + DAY],
      [old, NOW],
    ],
  );
  const [stored] = (await vault.exportAll()).entries;
  assert.deepEqual(Object.values(stored.seen), [AHEAD]);
});

test("the list gets the first line of every answer in words, of a group that of its first item", () => {
  const version = (/** @type {any} */ value) => [{ value, actor: "phone", counter: 1, saw: {} }];
  const fields = {
    what: version("\n The bus\nwas late"),
    how: version("   "),
    size: version(7),
    picks: version(["sad"]),
    steps: version([
      { _id: "a", step: "", when: "Monday" },
      { _id: "b", step: "Call Sam" },
    ]),
  };

  const { texts } = summarise("e", /** @type {any} */ ({ ...state(NOW), fields }), NOW);

  assert.equal(texts.what, "The bus");
  assert.equal(texts["steps.step"], "Call Sam");
  assert.equal(texts["steps.when"], "Monday");
  assert.deepEqual([texts.how, texts.size, texts.picks], [undefined, undefined, undefined]);
});
