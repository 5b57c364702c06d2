import assert from "node:assert/strict";
import { test } from "node:test";
import { byExercise, itemsOf, missingOf, sumUp } from "../../../static/js/downloads/overview.js";

const sound = (name, bytes) => ({
  address: `/media/en/${name}.mp3`,
  slug: name,
  locale: "en",
  bytes,
});
const saved = (name, about) => ({ url: `/media/en/${name}.mp3`, state: "saved", ...about });

test("what is here counts as it is here, what isn't as the server has it", () => {
  const items = itemsOf(
    [sound("a", 100), sound("b", 100), sound("c", 100)],
    [saved("a", { bytes: 90, size: 90 }), saved("b", { state: "partial", bytes: 40, size: 100 })],
  );

  assert.deepEqual(sumUp(items), { done: 130, total: 290 });
  assert.deepEqual(
    missingOf(items).map((item) => item.sound.slug),
    ["b", "c"],
  );
});

test("a newer file is missing only once somebody agreed to it", () => {
  const here = [
    saved("a", { bytes: 90, size: 90, replaced: true, newer: { bytes: 30, size: 100 } }),
  ];

  assert.equal(missingOf(itemsOf([sound("a", 100)], here)).length, 0);
  const [item] = itemsOf([sound("a", 100)], here, ["/media/en/a.mp3"]);
  assert.deepEqual([item.state, item.bytes, item.size], ["partial", 30, 100]);
});

test("an exercise is one line for all its files, in each language", () => {
  const items = itemsOf(
    [sound("a", 1), sound("b", 1), sound("a", 1), { ...sound("a", 1), locale: "es" }],
    [],
  );

  assert.deepEqual(
    Array.from(byExercise(items).values(), (files) => files.length),
    [2, 1, 1],
  );
});
