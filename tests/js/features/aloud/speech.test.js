import assert from "node:assert/strict";
import { test } from "node:test";
import { Speech } from "../../../../static/js/features/aloud/speech.js";

const MANNER = { voice: { lang: "en-GB" }, rate: 1, pitch: 1, volume: 1 };
globalThis.SpeechSynthesisUtterance = /** @type {any} */ (
  class extends EventTarget {
    constructor(text) {
      super();
      this.text = text;
    }
  }
);

/** A device that speaks when the test says so. @param {import("node:test").TestContext} t */
function device(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  let now = 10_000;
  t.mock.method(performance, "now", () => now);
  const spoken = [];
  const synthesis = {
    speaking: false,
    pending: false,
    paused: false,
    speak(utterance) {
      spoken.push(utterance);
      synthesis.speaking = true;
    },
    cancel: () => (synthesis.speaking = false),
    resume: () => (synthesis.paused = false),
  };
  const tell = (utterance, type, about = {}) => {
    if (type === "end" || type === "error") synthesis.speaking = false;
    utterance.dispatchEvent(Object.assign(new Event(type), about));
  };
  const wait = (ms) => {
    now += ms;
    t.mock.timers.tick(ms);
  };
  const heard = [];
  const listener = {
    word: (index) => heard.push(index),
    ended: () => heard.push("ended"),
    failed: () => heard.push("failed"),
  };
  const speech = new Speech(/** @type {any} */ (synthesis));
  const say = (text) => speech.say(text, /** @type {any} */ (MANNER), listener);
  const texts = () => spoken.map(({ text }) => text);
  return { speech, synthesis, spoken, texts, say, tell, wait, heard };
}

test("The first text is spoken at once, within the press that an iPhone asks for", (t) => {
  const { say, texts } = device(t);

  say("One.");

  assert.deepEqual(texts(), ["One."]);
});

test("After a cancel it rests before it speaks, and the late end of the old text ends nothing", (t) => {
  const { say, texts, tell, spoken, wait, heard } = device(t);

  say("One.");
  say("Two.");
  assert.deepEqual(texts(), ["One."]);
  wait(250);
  tell(spoken[0], "end");

  assert.deepEqual(texts(), ["One.", "Two."]);
  assert.deepEqual(heard, []);
});

test("Of several texts in a row, only the last one is spoken", (t) => {
  const { say, texts, wait } = device(t);

  say("One.");
  for (const text of ["Two.", "Three."]) say(text);
  wait(1000);

  assert.deepEqual(texts(), ["One.", "Three."]);
});

test("A text that has ended by itself needs no rest", (t) => {
  const { say, texts, tell, spoken } = device(t);

  say("One.");
  tell(spoken[0], "end");
  say("Two.");

  assert.deepEqual(texts(), ["One.", "Two."]);
});

test("Words are told, sentences aren’t", (t) => {
  const { say, tell, spoken, heard } = device(t);

  say("You are not alone.");
  tell(spoken[0], "boundary", { name: "sentence", charIndex: 0 });
  tell(spoken[0], "boundary", { name: "word", charIndex: 4 });

  assert.deepEqual(heard, [4]);
});

test("A text that the browser drops is spoken once more, and then it has failed", (t) => {
  const { say, texts, wait, heard } = device(t);

  say("One.");
  wait(6000);
  wait(250);
  assert.deepEqual(texts(), ["One.", "One."]);
  wait(6000);

  assert.deepEqual(heard, ["failed"]);
});

test("A voice that doesn’t say that it has ended is noticed by its silence", (t) => {
  const { say, tell, spoken, synthesis, wait, heard } = device(t);

  say("One.");
  tell(spoken[0], "start");
  wait(9000);
  assert.deepEqual(heard, []);
  synthesis.speaking = false;
  wait(2000);

  assert.deepEqual(heard, ["ended"]);
});

test("A voice that is stopped from elsewhere has failed", (t) => {
  const { say, tell, spoken, heard } = device(t);

  say("One.");
  tell(spoken[0], "error", { error: "interrupted" });

  assert.deepEqual(heard, ["failed"]);
});

test("The language is that of the voice, or Android would take another voice", (t) => {
  const { say, spoken } = device(t);

  say("One.");

  assert.equal(spoken[0].lang, "en-GB");
});

test("A device that another page left paused speaks", (t) => {
  const { say, synthesis } = device(t);
  synthesis.paused = true;

  say("One.");

  assert.equal(synthesis.paused, false);
});
