import assert from "node:assert/strict";
import { test } from "node:test";
import "../support/english-page.js";
import { problemWords, stateIn, stateWords } from "../../../static/js/downloads/texts.js";

test("each state says how much is here", () => {
  const amount = { done: 1_200_000, size: 6_000_000 };
  const said = (state) => stateWords(state, amount).replaceAll("\u00a0", " ");

  assert.equal(said("none"), "Save it once and it plays with no signal. It takes 6 MB.");
  assert.equal(said("saving"), "Saving… 1.2 MB of 6 MB");
  assert.equal(said("partial"), "Paused at 1.2 MB of 6 MB.");
  assert.match(said("unreachable"), /It will try again by itself\./);
  const troubles = ["unreachable", "foreign", "no_parts", "sign_in"].map(said);
  assert.equal(new Set(troubles).size, 4);
  assert.match(said("waiting"), /What’s already here stays: 1.2 MB of 6 MB\./);
});

test("whoever waits reads what for", () => {
  const states = Object.fromEntries(
    ["looking", "saving", "offline", "metered", "unreachable", "sign_in"].map((phase) => [
      phase,
      stateIn(phase),
    ]),
  );

  assert.deepEqual(states, {
    looking: "saving",
    saving: "saving",
    offline: "waiting",
    metered: "waiting",
    unreachable: "unreachable",
    sign_in: "sign_in",
  });
});

test("each problem has words of its own, and a pause is no problem", () => {
  const codes = ["storage_full", "damaged", "gone", "unexpected"];
  const words = codes.map(problemWords);

  assert.equal(new Set(words).size, codes.length);
  assert.equal(problemWords(""), null);
});
