import assert from "node:assert/strict";
import { test } from "node:test";
import "../support/english-page.js";
import { isFull, problemWords, stateWords } from "../../../static/js/downloads/texts.js";

const error = (name) => Object.assign(new Error("x"), { name });

test("each state says how much is here", () => {
  const amount = { done: 1_200_000, size: 6_000_000 };
  const said = (state) => stateWords(state, amount).replaceAll("\u00a0", " ");

  assert.equal(said("none"), "Save it once and it plays with no signal. It takes 6 MB.");
  assert.equal(said("saving"), "Saving… 1.2 MB of 6 MB");
  assert.equal(said("partial"), "Paused at 1.2 MB of 6 MB.");
  assert.match(said("waiting"), /What is here already stays: 1.2 MB of 6 MB\./);
});

test("each problem has words of its own, and a pause is no problem", () => {
  const names = ["StorageFullError", "DamagedError", "GoneError", "TypeError"];
  const words = names.map((name) => problemWords(error(name)));

  assert.equal(new Set(words).size, names.length);
  assert.equal(problemWords(undefined), null);
});

test("a full phone is told from other problems", () => {
  assert.ok(isFull(error("StorageFullError")));
  assert.ok(!isFull(error("DamagedError")));
});
