import assert from "node:assert/strict";
import { test } from "node:test";
import "../../support/english-page.js";
import { noRoomWords } from "../../../../static/js/features/downloads/no-room-words.js";
import * as words from "../../../../static/js/features/downloads/texts.js";

const plain = (/** @type {string} */ text) => text.replaceAll("\u00a0", " ");
const MB = 1_000_000;

test("a choice says how many, how large, and what is here already", () => {
  const said = (done) => plain(words.choiceWords({ count: 20, done, total: 22 * MB }));

  assert.equal(said(0), "20 recordings, 22 MB.");
  assert.equal(said(3 * MB), "20 recordings, 22 MB. 3 MB are here already.");
  assert.equal(said(22 * MB), "20 recordings, 22 MB. All of them are here already.");
});

test("pages that don't fit are told apart from newer ones that don't", () => {
  assert.match(noRoomWords(0), /no room left for it/);
  assert.match(noRoomWords(1), /The one page that is here works with no signal, as before\./);
  assert.match(noRoomWords(31), /All 31 pages that are here work with no signal, as before\./);
});

test("each phase has words of its own, and saving names what comes", () => {
  const tasks = [
    { sound: { address: "/a", title: "Calm" } },
    { sound: { address: "/b", title: "Walk" } },
  ];
  const phases = [
    "looking",
    "offline",
    "unreachable",
    "foreign",
    "no_parts",
    "sign_in",
    "metered",
    "saving",
  ];
  const said = phases.map((phase) => words.phaseWords({ phase, tasks, current: "/b" }));

  assert.equal(new Set(said).size, phases.length);
  assert.equal(said.at(-1), "Saving 2 of 2: Walk");
});

test("an exercise is saved, coming, waiting or not to be had", () => {
  const task = (state, about = {}) => ({ state, size: MB, sound: { address: state }, ...about });
  const said = (tasks, current = "") => plain(words.exerciseWords(tasks, current));

  assert.equal(said([task("saved"), task("saved")]), "Saved, 2 MB");
  assert.equal(said([task("saved"), task("none")], "none"), "Saving, 1 of 2 are here");
  assert.equal(said([task("saved"), task("none")]), "1 of 2 are here");
  assert.equal(said([task("none")]), "Waiting, 1 MB");
  assert.equal(said([task("none", { problem: "GoneError" })]), "Could not be saved");
});

test("a full phone is told what to do, anything else to try again", () => {
  assert.match(words.stoppedWords("storage_full"), /no room for more/);
  assert.match(words.stoppedWords("Error"), /Try again/);
});
