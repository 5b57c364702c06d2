import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Saver } from "../../../static/js/answers/saver.js";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
});

/** A saver whose writes are noted, and done when the test says so. */
function setUp({ write = async () => {} } = {}) {
  const writes = [];
  const reports = [];
  const held = { now: 0, ever: 0 };
  const saver = new Saver({
    write: (names) => {
      writes.push({ names, at: Date.now() });
      return write(names);
    },
    report: (state) => reports.push(state),
    hold: () => {
      held.now += 1;
      held.ever += 1;
      return () => (held.now -= 1);
    },
  });
  return { saver, writes, reports, held };
}

/** Lets promises settle. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

async function pass(ms) {
  for (let left = ms; left > 0; left -= 50) {
    mock.timers.tick(Math.min(50, left));
    await settle();
  }
}

test("a change is written 250 ms after it", async () => {
  const { saver, writes } = setUp();

  saver.changed("calms");
  await pass(200);
  assert.deepEqual(writes, []);
  await pass(50);

  assert.deepEqual(writes, [{ names: ["calms"], at: 250 }]);
});

test("somebody who doesn't stop typing is never more than 700 ms ahead of what is stored", async () => {
  const { saver, writes } = setUp();

  for (let typed = 0; typed < 40; typed += 1) {
    saver.changed("calms");
    await pass(100);
  }

  const gaps = writes.map(({ at }, index) => at - (writes[index - 1]?.at ?? 0));
  assert.ok(writes.length >= 4);
  assert.ok(Math.max(...gaps) <= 800, `gaps ${gaps}`);
});

test("one write at a time: what changed meanwhile follows", async () => {
  let finish = () => {};
  const slow = () => new Promise((resolve) => (finish = resolve));
  const { saver, writes } = setUp({ write: slow });

  saver.changed("calms");
  await pass(300);
  saver.changed("step");
  await pass(1000);
  assert.equal(writes.length, 1);
  finish();
  await settle();
  await pass(300);

  assert.deepEqual(
    writes.map(({ names }) => names),
    [["calms"], ["step"]],
  );
});

test("the page is held while words are unsaved, and let go afterwards", async () => {
  const { saver, held } = setUp();

  saver.changed("calms");
  saver.changed("step");
  assert.deepEqual(held, { now: 1, ever: 1 });
  await pass(300);

  assert.deepEqual(held, { now: 0, ever: 1 });
});

test("a write that failed is told, kept, and tried again", async () => {
  let broken = true;
  const write = async () => {
    if (broken) throw new Error("no room");
  };
  const { saver, writes, held } = setUp({ write });

  saver.changed("calms");
  await pass(300);
  assert.equal(saver.state.error?.message, "no room");
  assert.equal(saver.state.unsaved, true);
  assert.equal(saver.state.saving, false);
  assert.equal(held.now, 1);
  broken = false;
  await pass(5000);

  assert.deepEqual(saver.state, { saving: false, unsaved: false, error: null });
  assert.equal(writes.length, 2);
  assert.equal(held.now, 0);
});

test("flushing writes at once, and once", async () => {
  const { saver, writes } = setUp();

  saver.changed("calms");
  await Promise.all([saver.flush(), saver.flush()]);
  await pass(1000);

  assert.deepEqual(writes, [{ names: ["calms"], at: 0 }]);
});

test("a change that was dropped isn't written and lets the page go", async () => {
  const { saver, writes, held } = setUp();

  saver.changed("calms");
  saver.drop("calms");
  await pass(1000);

  assert.deepEqual(writes, []);
  assert.equal(held.now, 0);
});

test("an answer that can't be stored doesn't stop the others", async () => {
  const stored = new Set();
  const write = async (names) => {
    if (names.includes("long")) throw new Error("no room");
    for (const name of names) stored.add(name);
  };
  const { saver, held } = setUp({ write });

  saver.changed("calms");
  saver.changed("long");
  await pass(300);
  saver.changed("step");
  await pass(300);

  assert.deepEqual(stored, new Set(["calms", "step"]));
  assert.deepEqual(
    [saver.has("calms"), saver.has("long"), saver.has("step")],
    [false, true, false],
  );
  assert.equal(saver.state.error?.message, "no room");
  assert.equal(held.now, 1);
});
