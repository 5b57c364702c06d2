import "../../support/english-page.js";
import assert from "node:assert/strict";
import test from "node:test";
import { date, shortDate, time } from "../../../../static/js/platform/dates.js";
import { endingOf } from "../../../../static/js/features/voice-notes/playback.js";
import { factsOf, nameOf } from "../../../../static/js/features/voice-notes/texts.js";
import { paragraphsOf } from "../../../../static/js/features/voice-notes/written-letter.js";

const QUESTIONS = new Map([
  ["reader", { type: "choice" }],
  ["voice", { type: "text" }],
  ["hurts", { type: "long" }],
  ["wish", { type: "text" }],
  ["letter", { type: "long" }],
]);

/** @param {Record<string, any>} values @returns {any} */
const entryOf = (values) => ({
  fields: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, [{ value, changed: 0, here: true }]]),
  ),
});

test("the answers that make up a letter are read in the order of their page", () => {
  const entry = entryOf({
    wish: "Rest. ",
    hurts: "You are tired.\n\nYou are alone.",
    reader: "today",
    voice: "low",
  });

  assert.deepEqual(paragraphsOf(entry, QUESTIONS), ["You are tired.", "You are alone.", "Rest."]);
});

test("a letter that was put together is read instead of its parts", () => {
  const entry = entryOf({ hurts: "You are tired.", letter: "Dear you,\nrest." });

  assert.deepEqual(paragraphsOf(entry, QUESTIONS), ["Dear you,", "rest."]);
});

test("with no list of questions it is read as it was written", () => {
  assert.deepEqual(paragraphsOf(entryOf({ wish: "Rest.", scale: 3 }), undefined), ["Rest."]);
});

test("a voice note without a name is called after its day, and its facts give the time", () => {
  const about = { id: "", created: Date.UTC(2026, 10, 23, 12), ms: 184_000, pieces: 1, bytes: 1 };
  const voiceNote = {
    ...about,
    type: "audio/webm",
    state: /** @type {const} */ ("kept"),
    name: "",
  };

  const when = new Date(about.created);
  assert.equal(nameOf(voiceNote), `My letter, ${date(when)}`);
  assert.equal(factsOf(voiceNote), `${time(when)} · 3:04`);
  assert.equal(factsOf({ ...voiceNote, name: "Calm" }), `${shortDate(when)} · 3:04`);
});

test("a file's name ends as its sound demands", () => {
  assert.equal(endingOf("audio/webm;codecs=opus"), "webm");
  assert.equal(endingOf("audio/mp4;codecs=mp4a.40.2"), "m4a");
  assert.equal(endingOf("audio/ogg;codecs=opus"), "ogg");
});
