import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { AudioPlayer } from "../../../static/js/audio/audio-player.js";
import { FakeAudio } from "../support/fake-audio.js";

let audio = new FakeAudio();
let told = [];
/** @type {AudioPlayer} */
let deck;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  audio = new FakeAudio();
  told = [];
  const say = (name) => (value) => told.push(value === undefined ? name : `${name} ${value}`);
  const listener = {
    playing: say("playing"),
    time: () => {},
    ended: say("ended"),
    waiting: say("waiting"),
    stuck: say("stuck"),
    failed: say("failed"),
  };
  deck = new AudioPlayer(/** @type {any} */ (audio), listener);
  deck.load({ address: "/media/en/a.mp3", seconds: 100 });
});

/** Let the sound play on to a place. */
function hear(seconds) {
  audio.readyState = 4;
  audio.currentTime = seconds;
  audio.tell("timeupdate");
}

test("a place that was chosen before anything is loaded is gone to once it is", () => {
  deck.goTo(42);
  assert.equal(deck.place, 42);

  audio.readyState = 1;
  audio.tell("loadedmetadata");

  assert.equal(audio.currentTime, 42);
});

test("places before the beginning and after the end are those", () => {
  assert.equal(deck.goTo(-5), 0);
  assert.equal(deck.goTo(500), 100);
});

test("a short wait is shown, a long one is told of, and both end when something comes", () => {
  deck.play();
  audio.tell("waiting");
  assert.deepEqual(told, ["playing true"]);

  mock.timers.tick(1000);
  assert.deepEqual(told.splice(0), ["playing true", "waiting true"]);
  mock.timers.tick(5000);
  assert.deepEqual(told.splice(0), ["stuck true"]);
  audio.tell("playing");
  assert.deepEqual(told, ["waiting false", "stuck false"]);
});

test("a moment's wait isn't worth a word", () => {
  deck.play();
  audio.tell("waiting");
  mock.timers.tick(300);
  audio.tell("playing");
  for (let second = 1; second <= 10; second += 1) {
    hear(second);
    mock.timers.tick(1000);
  }

  assert.ok(!told.includes("waiting true"));
  assert.ok(!told.includes("stuck true"));
});

test("what breaks tells whether it was playing, and keeps its place", () => {
  deck.play();
  audio.readyState = 4;
  audio.tell("loadedmetadata");
  audio.currentTime = 12;
  audio.tell("timeupdate");
  audio.error = /** @type {any} */ ({ code: 2 });
  audio.tell("error");

  assert.deepEqual(told, ["playing true", "playing false", "failed true"]);
  assert.equal(deck.place, 12);
});

test("an empty deck is silent and tells of no error", () => {
  deck.play();
  deck.empty();
  audio.tell("error");

  assert.deepEqual(told, ["playing true", "playing false"]);
  assert.equal(audio.src, "");
  assert.equal(deck.place, 0);
});

test("a sound that stands still without a word is stalled, until it moves", () => {
  deck.play();
  audio.tell("loadedmetadata");
  hear(10);
  mock.timers.tick(1000);
  hear(11);

  mock.timers.tick(1999);
  assert.deepEqual(told.splice(0), ["playing true"]);
  mock.timers.tick(2);
  assert.deepEqual(told.splice(0), ["waiting true"]);
  mock.timers.tick(2000);
  // WebKit reports the place although it is the same.
  hear(11);
  assert.deepEqual(told, []);
  mock.timers.tick(1000);
  assert.deepEqual(told.splice(0), ["stuck true"]);
  hear(11.5);
  assert.deepEqual(told, ["waiting false", "stuck false"]);
});

test("a sound that moves while its page sleeps isn't stalled", () => {
  deck.play();
  audio.tell("loadedmetadata");
  hear(10);

  audio.currentTime = 60;
  mock.timers.tick(2000);

  assert.deepEqual(told, ["playing true"]);
});

test("a sound that is paused, has ended, has failed or was replaced may stand still", () => {
  const ends = [
    () => deck.pause(),
    () => (audio.ended = true),
    () => (audio.error = { code: 2 }),
    () => (audio.paused = true),
  ];
  for (const end of ends) {
    audio.ended = false;
    audio.error = null;
    deck.play();
    audio.tell("loadedmetadata");
    hear(10);
    end();
    mock.timers.tick(60_000);
  }

  assert.ok(!told.includes("waiting true"));
  assert.ok(!told.includes("stuck true"));
});

test("a sound that plays while its browser waits isn't stalled", () => {
  deck.play();
  audio.tell("loadedmetadata");
  audio.tell("waiting");
  // WebKit, on a slow line.
  for (let second = 1; second <= 10; second += 1) {
    hear(second);
    audio.readyState = 2;
    mock.timers.tick(500);
  }

  assert.ok(!told.includes("waiting true"));
  assert.ok(!told.includes("stuck true"));
});

test("a place that is chosen is no movement", () => {
  deck.play();
  audio.tell("loadedmetadata");
  hear(10);

  deck.goTo(50);
  mock.timers.tick(1000);
  hear(50);
  for (let second = 1; second <= 6; second += 1) mock.timers.tick(1000);

  assert.deepEqual(told, ["playing true", "waiting true", "stuck true"]);
});
