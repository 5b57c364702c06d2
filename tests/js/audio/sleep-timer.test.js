import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { sleepTimer } from "../../../static/js/audio/sleep-timer.js";

/** @type {{paused: boolean, volume: number, pause: () => void}} */
let audio;
/** @type {number[]} */
let left;
let stops = 0;
const listener = { left: (seconds) => left.push(seconds), stopped: () => stops++ };

beforeEach((context) => {
  context.mock.timers.enable({ apis: ["setInterval", "Date"] });
  audio = { paused: false, volume: 1, pause: () => (audio.paused = true) };
  left = [];
  stops = 0;
});

test("it stops the sound after the minutes that were chosen, and says so once", (context) => {
  sleepTimer(audio, listener, Date.now).set(1);

  context.mock.timers.tick(59_750);
  assert.equal(audio.paused, false);

  context.mock.timers.tick(10_000);
  assert.equal(audio.paused, true);
  assert.equal(stops, 1);
});

test("the last ten seconds grow quiet, and the next play is as loud as before", (context) => {
  sleepTimer(audio, listener, Date.now).set(1);

  context.mock.timers.tick(49_000);
  assert.equal(audio.volume, 1);
  context.mock.timers.tick(6_000);
  assert.ok(audio.volume > 0.4 && audio.volume < 0.6, String(audio.volume));
  context.mock.timers.tick(6_000);

  assert.equal(audio.volume, 1);
});

test("only listening counts", (context) => {
  sleepTimer(audio, listener, Date.now).set(1);

  audio.paused = true;
  context.mock.timers.tick(120_000);
  audio.paused = false;
  context.mock.timers.tick(30_000);

  assert.equal(stops, 0);
  assert.equal(left.at(-1), 30);
});

test("switched off it lets the sound go on", (context) => {
  const timer = sleepTimer(audio, listener, Date.now);
  timer.set(1);
  context.mock.timers.tick(55_000);

  timer.set(0);
  context.mock.timers.tick(60_000);

  assert.deepEqual([audio.paused, audio.volume, stops], [false, 1, 0]);
});

test("another choice begins anew", (context) => {
  const timer = sleepTimer(audio, listener, Date.now);
  timer.set(1);
  context.mock.timers.tick(50_000);
  timer.set(3);
  context.mock.timers.tick(170_000);

  assert.equal(stops, 0);
  context.mock.timers.tick(10_000);
  assert.equal(stops, 1);
});
