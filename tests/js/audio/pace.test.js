import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeAudio } from "../support/fake-audio.js";
import { newLocalStorage } from "../support/local-storage.js";

const page = Object.assign(new EventTarget(), { hidden: false });
Object.assign(globalThis, { document: page });
const { remember } = await import("../../../static/js/audio/preferences.js");
const { Pace } = await import("../../../static/js/audio/pace.js");

/** Speech, ten seconds of silence, speech. */
const CAPTIONS = {
  ready: async () => true,
  times: [
    { start: 0, end: 10 },
    { start: 20, end: 30 },
  ],
};

/** @type {any} */
let audio;
let changes = 0;
/** @type {InstanceType<typeof Pace>} */
let pace;

beforeEach((context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  newLocalStorage();
  page.hidden = false;
  audio = Object.assign(new FakeAudio(), { paused: false, playbackRate: 1 });
  changes = 0;
  pace = new Pace(audio, () => changes++);
  pace.begin(/** @type {any} */ (CAPTIONS), 30);
});

/** Choose how much silence there is to be. */
async function silence(factor) {
  remember({ silence: factor });
  await pace.stretch();
}

/** Let the sound be at a place, in seconds. */
function at(place) {
  audio.currentTime = place;
  audio.tell("timeupdate");
}

test("the sound is slower in a silence that is to last longer, and never in a phrase", async () => {
  await silence(2);

  at(5);
  assert.equal(audio.playbackRate, 1);
  at(12);
  assert.ok(audio.playbackRate > 0.4 && audio.playbackRate < 0.5, String(audio.playbackRate));
  at(19.8);
  assert.equal(audio.playbackRate, 1);
  assert.ok(Math.abs(pace.length - 40) < 0.01);
  assert.equal(changes, 1);
  await silence(1);
  assert.equal(pace.length, 30);
});

test("the sound is quicker in a silence that is to be shorter", async () => {
  await silence(0.5);

  at(12);

  assert.ok(audio.playbackRate > 2, String(audio.playbackRate));
  assert.ok(Math.abs(pace.length - 25) < 0.01);
});

test("a silence ends in time though no event says so", async (context) => {
  await silence(0.5);
  at(19);
  const quick = audio.playbackRate;
  audio.currentTime = 19.6;

  context.mock.timers.tick(600 / quick + 1);

  assert.equal(audio.playbackRate, 1);
});

test("the chosen speed holds in phrases and in silences", async () => {
  await silence(2);
  pace.setSpeed(1.5);

  at(5);
  assert.equal(audio.playbackRate, 1.5);
  at(12);
  assert.ok(audio.playbackRate < 0.75);
});

test("what is paused in a silence has the speed of the voice", async () => {
  await silence(2);
  at(12);

  audio.paused = true;
  audio.tell("pause");

  assert.equal(audio.playbackRate, 1);
});

test("on a hidden page the last seconds before a phrase stay as they are", async () => {
  await silence(0.5);

  page.hidden = true;
  page.dispatchEvent(new Event("visibilitychange"));
  at(18);

  assert.equal(audio.playbackRate, 1);
});

test("another sound begins as it was recorded until its captions are here", async () => {
  await silence(2);

  pace.begin(/** @type {any} */ ({ ready: async () => false, times: [] }), 50);

  assert.equal(pace.length, 50);
  at(12);
  assert.equal(audio.playbackRate, 1);
});
