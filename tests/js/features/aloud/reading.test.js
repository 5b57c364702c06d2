import assert from "node:assert/strict";
import { test } from "node:test";
import { Reading } from "../../../../static/js/features/aloud/reading.js";

const MANNER = /** @type {any} */ ({ voice: { lang: "en" } });
const SILENCE = 1000;

/** A reading of some blocks, by a voice that speaks when the test says so. @param {string[]} texts */
function readingOf(...texts) {
  const said = [];
  const shown = [];
  const gone = new Set();
  const voice = { now: undefined };
  const speech = {
    say(text, manner, listener) {
      said.push(text);
      voice.now = listener;
    },
    stop: () => (voice.now = undefined),
  };
  const blocks = texts.map((text) => ({
    element: text,
    kind: "text",
    parts: [{ text, lang: "en", pieces: [] }],
  }));
  const view = {
    block: ({ element }) => shown.push(element),
    word: ({ text }, from, to) => shown.push(text.slice(from, to)),
    changed() {},
    ended: () => shown.push("ended"),
    isThere: ({ element }) => !gone.has(element),
  };
  const reading = new Reading(/** @type {any} */ (blocks), speech, () => MANNER, view);
  return { reading, said, shown, gone, voice };
}

test("It reads block after block, with a silence between them, and ends", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { reading, said, shown, voice } = readingOf("One.", "Two.");

  reading.play();
  voice.now.ended();
  t.mock.timers.tick(SILENCE / 4);
  assert.deepEqual(said, ["One."]);
  t.mock.timers.tick(SILENCE);
  voice.now.ended();
  t.mock.timers.tick(SILENCE);

  assert.deepEqual(said, ["One.", "Two."]);
  assert.deepEqual(shown, ["One.", "Two.", "ended"]);
});

test("Paused and played, it reads on from the word", () => {
  const { reading, said, shown, voice } = readingOf("You are not alone.");

  reading.play();
  voice.now.word(8, 3);
  reading.pause();
  reading.play();
  voice.now.word(4, 5);

  assert.deepEqual(said, ["You are not alone.", "not alone."]);
  assert.deepEqual(shown.slice(-1), ["alone"]);
});

test("Without words from the voice, it reads on from the beginning of the stretch", () => {
  const sentence = `${"A long sentence about the brain ".repeat(5).trim()}. `;
  const { reading, said, voice } = readingOf(sentence + sentence);

  reading.play();
  voice.now.ended();
  reading.pause();
  reading.play();

  assert.deepEqual(said, [sentence, sentence, sentence]);
});

test("Back and forward go by one block that the page still shows, and not beyond its ends", () => {
  const { reading, said, gone } = readingOf("One.", "Two.", "Three.");
  gone.add("Two.");

  reading.play();
  reading.step(1);
  reading.step(1);
  reading.step(-1);
  reading.step(-1);

  assert.deepEqual(said, ["One.", "Three.", "One.", "One."]);
});

test("While it is paused, forward only goes there", () => {
  const { reading, said, shown } = readingOf("One.", "Two.");

  reading.play();
  reading.pause();
  reading.step(1);

  assert.deepEqual(said, ["One."]);
  assert.deepEqual(shown.slice(-1), ["Two."]);
});

test("A pause in the silence between two blocks holds", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { reading, said, voice } = readingOf("One.", "Two.");

  reading.play();
  voice.now.ended();
  reading.pause();
  t.mock.timers.tick(SILENCE);
  assert.deepEqual(said, ["One."]);

  reading.play();
  t.mock.timers.tick(SILENCE);
  assert.deepEqual(said, ["One.", "Two."]);
});

test("A block that the page doesn’t show any more is left out", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { reading, said, gone, voice } = readingOf("One.", "Two.", "Three.");

  reading.play();
  gone.add("Two.");
  voice.now.ended();
  t.mock.timers.tick(SILENCE);

  assert.deepEqual(said, ["One.", "Three."]);
});

test("When the voice fails, it pauses, says so and keeps the place", () => {
  const { reading, said, voice } = readingOf("You are not alone.");

  reading.play();
  voice.now.word(8, 3);
  voice.now.failed();
  assert.deepEqual([reading.isPlaying, reading.hasFailed], [false, true]);
  reading.play();

  assert.equal(reading.hasFailed, false);
  assert.equal(said.at(-1), "not alone.");
});

test("Another speed is used from the word that is being spoken", () => {
  const { reading, said, voice } = readingOf("You are not alone.");

  reading.play();
  voice.now.word(4, 3);
  reading.again();

  assert.equal(said.at(-1), "are not alone.");
});

test("A pause while nothing is read doesn’t silence another page", () => {
  const { reading, voice } = readingOf("One.");
  voice.now = "another page";

  reading.pause();

  assert.equal(voice.now, "another page");
});
