import assert from "node:assert/strict";
import test from "node:test";
import { Schedule } from "../../../static/js/data/schedule.js";
import { createPhone } from "../support/surroundings.js";

/** @param {any} outcome what every run comes to; may be set later */
function open(outcome = null) {
  const phone = createPhone();
  const runs = [];
  const world = { outcome, runs, clock: phone.clock, gate: Promise.resolve() };
  const start = phone.clock.time;
  world.schedule = new Schedule(phone.tab(), async () => {
    runs.push(phone.clock.time - start);
    await world.gate;
    return world.outcome;
  });
  return world;
}

const FAILED = { retryAfter: null };

test("it runs when it was planned, and then no more", async () => {
  const { schedule, clock, runs } = open();

  schedule.plan(2_000);
  await clock.pass(100_000);

  assert.deepEqual(runs, [2_000]);
});

test("every save puts the run off", async () => {
  const { schedule, clock, runs } = open();
  schedule.plan(2_000);
  await clock.pass(1_500);

  schedule.plan(2_000);
  await clock.pass(100_000);

  assert.deepEqual(runs, [3_500]);
});

test("while it fails it tries later and later, with jitter, up to a quarter of an hour", async () => {
  const { schedule, clock } = open(FAILED);
  const waits = [];

  for (let failure = 0; failure < 12; failure += 1) {
    await schedule.run();
    waits.push(clock.waiting[0] / 1000);
  }

  // Three quarters of the back-off, since the random number here is always a half.
  const expected = [3.75, 7.5, 15, 30, 60, 120, 240, 480, 675, 675, 675, 675];
  assert.deepEqual(waits, expected);
});

test("after a success the next failure starts from the beginning", async () => {
  const world = open(FAILED);
  await world.schedule.run();
  await world.schedule.run();
  world.outcome = null;
  await world.schedule.run();
  world.outcome = FAILED;

  await world.schedule.run();

  assert.deepEqual(world.clock.waiting, [3_750]);
});

test("a save doesn't shorten a pause", async () => {
  const { schedule, clock } = open(FAILED);
  await schedule.run();

  schedule.plan(0);

  assert.deepEqual(clock.waiting, [3_750]);
});

test("waking up ends a pause", async () => {
  const { schedule, clock } = open(FAILED);
  await schedule.run();

  schedule.wake();

  assert.deepEqual(clock.waiting, [0]);
});

test("a time that the server named is kept, awake or not", async () => {
  const { schedule, clock } = open({ retryAfter: 60 });
  await schedule.run();

  schedule.wake();

  assert.deepEqual(clock.waiting, [62_500]);
});

test("what is wanted during a run happens after it", async () => {
  const world = open();
  let finish = () => {};
  world.gate = new Promise((resolve) => (finish = resolve));
  const run = world.schedule.run();

  world.schedule.plan(2_000);
  finish();
  await run;

  assert.deepEqual(world.clock.waiting, [2_000]);
});

test("runs follow one another and never overlap", async () => {
  const world = open();
  let inside = 0;
  let most = 0;
  const phone = createPhone();
  const schedule = new Schedule(phone.tab(), async () => {
    most = Math.max(most, (inside += 1));
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    world.runs.push("run");
    return null;
  });

  await Promise.all([schedule.run(), schedule.run(), schedule.run()]);

  assert.equal(most, 1);
  assert.equal(world.runs.length, 3);
});

test("stopping forgets the plan", async () => {
  const { schedule, clock, runs } = open();
  schedule.plan(2_000);

  schedule.stop();
  await clock.pass(100_000);

  assert.deepEqual(runs, []);
});

test("a run that fails after it was stopped isn't repeated", async () => {
  const world = open(FAILED);
  let finish;
  world.gate = new Promise((resolve) => (finish = resolve));
  const run = world.schedule.run();

  world.schedule.stop();
  finish();
  await run;
  await world.clock.pass(3_600_000);

  assert.equal(world.runs.length, 1);
  assert.deepEqual(world.clock.waiting, []);
});
