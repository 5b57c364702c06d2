/** Slow and narrow lines, and a server with little room (sync.md). */

import assert from "node:assert/strict";
import test from "node:test";
import { liveNotes, openBackedUp, openPhone, openSecond, writeNote } from "../support/backed-up.js";
import { ModelServer, problem } from "../support/model-server.js";
import { settle } from "../support/surroundings.js";

const LONG = "ب".repeat(7_800);

/** Write some notes of about 16 kB each. */
async function writeLong(vault, count) {
  for (let number = 0; number < count; number += 1) await writeNote(vault, `${number} ${LONG}`);
}

test("a proxy that refuses long bodies gets shorter ones", async () => {
  const first = await openBackedUp(new ModelServer());
  const { through } = first.line;
  const sizes = [];
  first.line.through = (url, request) => {
    const size = request.body?.length ?? 0;
    if (size > 128 * 1024) return Response.json({}, { status: 413 });
    if (url.endsWith("/records")) sizes.push(size);
    return through(url, request);
  };
  await writeLong(first.vault, 40);

  await first.backup.syncNow();

  assert.partialDeepStrictEqual(first.backup.status, { state: "idle", problem: null, pending: 0 });
  assert.equal((await liveNotes(first)).length, 40);
  // It isn't tried in vain again and again: a body holds three such notes at least.
  assert.ok(sizes.length < 20, `${sizes}`);
});

test("a note that is refused even alone is named, and the rest goes on", async () => {
  const first = await openBackedUp(new ModelServer());
  const { through } = first.line;
  first.line.through = (url, request) =>
    (request.body?.length ?? 0) > 10_000
      ? Response.json({}, { status: 413 })
      : through(url, request);
  await writeNote(first.vault, "walked");
  const long = await writeNote(first.vault, LONG);
  await writeNote(first.vault, "ran");

  await first.backup.syncNow();

  assert.partialDeepStrictEqual(first.backup.status, {
    problem: "entry_too_large",
    pending: 1,
    tooLarge: [long],
  });
  assert.equal((await liveNotes(first)).length, 2);
});

test("a line of 90 kbit/s gets its notes through without one request in vain", async () => {
  const first = await openBackedUp(new ModelServer());
  const { clock, line, server } = first;
  const BYTES_PER_MS = 90 / 8;
  let sent = 0;
  line.through = async (url, request) => {
    const size = request.body?.length ?? 0;
    sent += size;
    await new Promise((resolve, reject) => {
      const timer = clock.setTimer(resolve, size / BYTES_PER_MS);
      request.signal.addEventListener("abort", () => {
        clock.clearTimer(timer);
        reject(request.signal.reason);
      });
    });
    return server.fetch(url, request);
  };
  await writeLong(first.vault, 40);
  const start = clock.time;

  const pass = first.backup.syncNow();
  await letPass(clock, pass);

  assert.partialDeepStrictEqual(first.backup.status, { state: "idle", problem: null, pending: 0 });
  const notes = await liveNotes(first);
  assert.equal(notes.length, 40);
  const needed = JSON.stringify(notes).length;
  assert.ok(sent < 1.1 * needed, `${sent} of ${needed} bytes`);
  assert.ok(clock.time - start < (1.2 * needed) / BYTES_PER_MS);
});

/** Let the clock go on until a promise is done. */
async function letPass(clock, promise) {
  let isDone = false;
  promise.then(() => (isDone = true));
  for (;;) {
    await settle();
    if (isDone) return;
    await clock.pass(clock.waiting[0] ?? 1_000);
  }
}

test("a line that fails every long answer brings the notes one by one", async () => {
  const first = await openBackedUp(new ModelServer());
  await writeLong(first.vault, 12);
  await first.backup.syncNow();
  const second = await openSecond(first, (url, request) => {
    const isLong = url.endsWith("/fetch") && JSON.parse(request.body).ids.length > 1;
    return isLong ? problem(504, "gateway_timeout") : first.server.fetch(url, request);
  });

  assert.equal((await second.vault.list()).entries.length, 12);
  assert.equal(second.backup.status.problem, null);
});

test("new words go before old ones", async () => {
  const first = await openBackedUp(new ModelServer());
  const { vault, clock, server } = first;
  for (let number = 0; number < 30; number += 1) {
    await writeNote(vault, `note ${number}`);
    clock.time += 1_000;
  }
  const newest = await writeNote(vault, "the newest");
  let done = 0;
  first.line.through = (url, request) => {
    done += Number(url.endsWith("/records"));
    return done > 1 ? problem(503, "store_unavailable") : server.fetch(url, request);
  };

  await first.backup.syncNow();

  assert.equal(await first.backup.isBackedUp(newest), true);
  assert.ok(first.backup.status.pending > 0);
});

test("deleting makes room in a full backup, at once", async () => {
  const server = new ModelServer();
  const first = await openBackedUp(server);
  const { vault, backup, clock } = first;
  const notes = [];
  for (let number = 0; number < 12; number += 1) notes.push(await writeNote(vault, "x".repeat(50)));
  await backup.syncNow();
  server.mostRecords = server.live.length;
  for (const id of notes.slice(0, 10)) await vault.remove(id);
  await clock.pass(20_000);

  const id = await writeNote(vault, "walked");
  await backup.syncNow();

  assert.partialDeepStrictEqual(backup.status, { state: "idle", problem: null, pending: 0 });
  assert.equal(await backup.isBackedUp(id), true);
  assert.equal((await liveNotes(first)).length, 3);
});

test("a full backup without room for what sync keeps for itself says nothing of it", async () => {
  const server = new ModelServer();
  server.mostRecords = 2;
  const first = await openPhone(server);
  await first.backup.switchOn();
  await writeNote(first.vault, "walked");
  await writeNote(first.vault, "ran");

  await first.backup.syncNow();

  assert.partialDeepStrictEqual(first.backup.status, { state: "idle", problem: null, pending: 0 });
  assert.equal(server.live.length, 2);
});

for (const seconds of [2_592_000, 1e15, Infinity, -1, 0, "0x10", "1e9", "", " ", "tomorrow", NaN]) {
  test(`after Retry-After: ${seconds} a phone doesn't ask again in the next moment`, async () => {
    const first = await openBackedUp(new ModelServer());
    let calls = 0;
    first.line.through = async () => {
      calls += 1;
      return problem(503, "store_unavailable", { "Retry-After": String(seconds) });
    };

    await first.backup.syncNow();
    await first.clock.pass(999);

    assert.equal(calls, 1);
    assert.ok(first.clock.waiting.every((ms) => ms < 2 ** 31 && ms <= 86_400_000 + 5_000));
    await first.clock.pass(first.clock.waiting[0]);
    assert.ok(calls > 1);
  });
}

test("a record that always times out doesn't hold up the notes behind it", async () => {
  const first = await openBackedUp(new ModelServer());
  const old = await writeNote(first.vault, "walked");
  await first.clock.pass(1_000);
  await writeNote(first.vault, LONG);
  const { through } = first.line;
  first.line.through = (url, request) =>
    (request.body?.length ?? 0) > 10_000 ? problem(504, "slow") : through(url, request);

  await first.backup.syncNow();

  assert.equal(await first.backup.isBackedUp(old), true);
  assert.partialDeepStrictEqual(first.backup.status, { state: "waiting", pending: 1 });
});

test("a full backup isn't sent everything that waits each time", async () => {
  const server = new ModelServer();
  const first = await openBackedUp(server);
  server.mostRecords = server.live.length;
  for (let number = 0; number < 100; number += 1) await writeNote(first.vault, `note ${number}`);
  server.log = [];

  await first.backup.syncNow();

  assert.equal(first.backup.status.problem, "quota");
  assert.ok(server.log.length < 6, `${server.log}`);
});

test("nothing is sent any more once backup is switched off, whatever the pass was doing", async () => {
  const first = await openBackedUp(new ModelServer());
  const { through } = first.line;
  let isOff = false;
  const late = [];
  first.line.through = async (url, request) => {
    if (isOff) late.push(url);
    const answer = await through(url, request);
    if (url.endsWith("/changes") && !isOff) {
      isOff = true;
      // Not awaited: it waits for the pass.
      void first.backup.switchOff();
    }
    return answer;
  };
  for (let number = 0; number < 50; number += 1) await writeNote(first.vault, `note ${number}`);

  await first.backup.syncNow();

  assert.deepEqual(late, []);
});
