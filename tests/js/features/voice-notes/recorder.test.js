import assert from "node:assert/strict";
import test from "node:test";
import { StorageFullError } from "../../../../static/js/platform/errors.js";
import { loudness } from "../../../../static/js/features/voice-notes/level.js";
import { reasonOf, soundType } from "../../../../static/js/features/voice-notes/microphone.js";
import { LIMIT, Recorder } from "../../../../static/js/features/voice-notes/recorder.js";

/** A MediaRecorder, as far as it is used: sound comes when told to. */
class Machine extends EventTarget {
  state = "inactive";

  start() {
    this.state = "recording";
  }

  pause() {
    this.state = "paused";
  }

  resume() {
    this.state = "recording";
  }

  stop() {
    this.state = "inactive";
    this.give();
    this.dispatchEvent(new Event("stop"));
  }

  give(size = 3) {
    const data = new Blob([new Uint8Array(size)]);
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data }));
  }
}

class Track extends EventTarget {
  enabled = true;
  isStopped = false;

  stop() {
    this.isStopped = true;
  }
}

/** A take that only notes what it gets. */
class Notebook {
  /** @type {number[]} */
  added = [];
  /** @type {number | null} */
  length = null;
  /** @type {Error | null} */
  problem = null;

  async add(_, ms) {
    if (this.problem) throw this.problem;
    this.added.push(ms);
  }

  async stop(ms) {
    this.length = ms;
  }
}

function begin() {
  const [machine, track, take] = [new Machine(), new Track(), new Notebook()];
  const clock = { time: 5000 };
  const stream = { getAudioTracks: () => [track], getTracks: () => [track] };
  /** @type {string[]} */
  const told = [];
  const listener = {
    paused: (why) => told.push(`paused ${why}`),
    resumed: () => told.push("resumed"),
    stopped: (why) => told.push(`stopped ${why}`),
  };
  const recorder = new Recorder(machine, stream, take, listener, () => clock.time);
  recorder.start();
  return { recorder, machine, track, take, clock, told };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("pauses don't count, and the microphone is silent in them", async () => {
  const { recorder, track, take, clock, told } = begin();
  clock.time += 4000;
  recorder.pause();
  const wasListening = track.enabled;
  clock.time += 60_000;
  recorder.resume();
  clock.time += 2000;
  recorder.stop();
  await settle();

  assert.equal(wasListening, false);
  assert.equal(track.isStopped, true);
  assert.deepEqual([take.added, take.length], [[6000], 6000]);
  assert.deepEqual(told, ["paused asked", "resumed", "stopped asked"]);
});

test("a call that takes the microphone pauses, and one that keeps it ends with what was said", async () => {
  const { machine, track, take, clock, told } = begin();
  clock.time += 3000;
  track.dispatchEvent(new Event("mute"));
  clock.time += 9000;
  track.dispatchEvent(new Event("ended"));
  await settle();

  assert.equal(machine.state, "inactive");
  assert.equal(take.length, 3000);
  assert.deepEqual(told, ["paused muted", "stopped lost"]);
});

test("a machine that stops by itself ends with what was said", async () => {
  const { machine, take, clock, told } = begin();
  clock.time += 3000;
  machine.stop();
  await settle();

  assert.equal(take.length, 3000);
  assert.deepEqual(told, ["stopped lost"]);
});

test("it stops by itself at the limit", async () => {
  const { machine, take, clock, told } = begin();
  clock.time += LIMIT + 400;
  machine.give();
  await settle();

  assert.equal(take.length, LIMIT);
  assert.deepEqual(told, ["stopped limit"]);
});

for (const [problem, ending] of /** @type {[Error, string][]} */ ([
  [new StorageFullError(), "full"],
  [new Error("gone"), "failed"],
])) {
  test(`storage that takes nothing more ends it as ${ending}`, async (t) => {
    t.mock.method(console, "error", () => {});
    const { machine, take, clock, told } = begin();
    clock.time += 1000;
    machine.give();
    take.problem = problem;
    clock.time += 1000;
    machine.give();
    await settle();

    assert.deepEqual(take.added, [1000]);
    assert.deepEqual(told, [`stopped ${ending}`]);
  });
}

test("nothing is stored of a second in which nothing came", async () => {
  const { machine, take } = begin();

  machine.give(0);

  assert.deepEqual(take.added, []);
});

test("Apple's browsers record MP4 where they can do both, the others WebM", () => {
  const both = (/** @type {string} */ type) => /webm|mp4/.test(type);

  assert.match(soundType("Apple Computer, Inc.", both) ?? "", /mp4/);
  assert.match(soundType("Google Inc.", both) ?? "", /webm/);
  assert.match(soundType("", (type) => type.includes("mp4")) ?? "", /mp4/);
  assert.equal(
    soundType("", () => false),
    undefined,
  );
});

test("why there is no microphone is told apart", () => {
  const names = ["NotAllowedError", "SecurityError", "NotFoundError", "NotReadableError"];

  const reasons = names.map((name) => reasonOf(new DOMException("", name)));

  assert.deepEqual(reasons, ["refused", "refused", "none", "busy"]);
});

test("silence shows nothing and a raised voice fills the bar", () => {
  assert.equal(loudness(new Float32Array(64)), 0);
  assert.equal(loudness(new Float32Array(64).fill(0.5)), 1);
  const quiet = loudness(new Float32Array(64).fill(0.02));
  assert.ok(quiet > 0.3 && quiet < 0.7);
});
