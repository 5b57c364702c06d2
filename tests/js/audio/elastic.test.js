import assert from "node:assert/strict";
import { test } from "node:test";
import { stretchesOf, Timeline } from "../../../static/js/audio/elastic.js";

const PHRASES = [
  { start: 4, end: 10 },
  { start: 18, end: 24 },
  { start: 25.2, end: 30 },
];
/** The length of the sound, in seconds. */
const TOTAL = 36;

const timeline = (silence, before = 0.4) =>
  new Timeline(stretchesOf(PHRASES, silence, before), TOTAL);

test("twice the silence is twice as long, and the voice takes as long as before", () => {
  const { length } = timeline(2);

  // 8 s and 1.2 s of silence come once more.
  assert.ok(Math.abs(length - (TOTAL + 9.2)) < 0.3, String(length));
});

test("half the silence is half as long, where there is room before the next phrase", () => {
  const line = timeline(0.5);

  const silence = line.toListening(18) - line.toListening(10);
  assert.ok(Math.abs(silence - 4) < 0.01, String(silence));
});

test("no phrase and nothing just before it is stretched", () => {
  for (const silence of [0.5, 0.7, 1.6, 2]) {
    const line = timeline(silence);
    for (const { start, end } of PHRASES) {
      for (let place = start - 0.4; place <= end + 0.1; place += 0.05) {
        assert.equal(line.paceAt(place).pace, 1, `${place} at ${silence}`);
      }
      assert.ok(Math.abs(line.toListening(end) - line.toListening(start) - (end - start)) < 1e-9);
    }
  }
});

test("the bells at both ends stay as they are", () => {
  const line = timeline(2);

  assert.equal(line.toListening(4), 4);
  assert.ok(Math.abs(line.length - line.toListening(30) - 6) < 1e-9);
});

test("every place comes back from its time of listening", () => {
  for (const silence of [0.5, 1, 1.3, 2]) {
    const line = timeline(silence);
    for (let place = 0; place <= TOTAL; place += 0.37) {
      const back = line.toSound(line.toListening(place));
      assert.ok(Math.abs(back - place) < 1e-9, `${place} at ${silence}: ${back}`);
    }
  }
});

test("as recorded, both times are the same", () => {
  const line = timeline(1);

  assert.equal(line.length, TOTAL);
  assert.equal(line.toListening(14), 14);
});

test("a place knows where its pace ends", () => {
  const line = timeline(2);

  assert.deepEqual(line.paceAt(2), { pace: 1, until: 10.15 });
  assert.equal(line.paceAt(12).until, 17.6);
  assert.ok(line.paceAt(12).pace > 2);
  assert.deepEqual(line.paceAt(31), { pace: 1, until: TOTAL });
});

test("captions without a gap leave nothing to stretch", () => {
  const phrases = [
    { start: 0, end: 10 },
    { start: 10, end: 20 },
  ];

  assert.deepEqual(stretchesOf(phrases, 2, 0.4), []);
});
