/** What a phone says about its backup must be true (sync.md, "What can't be opened", "Joining words"). */

import assert from "node:assert/strict";
import test from "node:test";
import {
  liveNotes,
  openBackedUp,
  openPhone,
  openSecond,
  openTab,
  textsOf,
  writeNote,
} from "../support/backed-up.js";
import { ModelServer, problem } from "../support/model-server.js";

const CHANGES = "POST /records/changes";

/** A phone with some notes in its backup. */
async function withNotes(count) {
  const first = await openBackedUp(new ModelServer());
  for (let number = 0; number < count; number += 1) await writeNote(first.vault, `note ${number}`);
  await first.backup.syncNow();
  return first;
}

/** Delete a note and wait until it can't be undone. */
async function deleteNote({ vault, clock }, id) {
  const { until } = await vault.remove(id);
  await clock.pass(until - clock.time);
}

const recordsOf = ({ server }) => [...server.accounts.values()][0].records;

function flip(record) {
  const last = record.sealed.at(-10) === "A" ? "B" : "A";
  return { ...record, sealed: record.sealed.slice(0, -10) + last + record.sealed.slice(-9) };
}

test("notes that can't be opened are counted, stay in the backup and aren't fetched every time", async () => {
  const first = await withNotes(4);
  const [one, two] = await liveNotes(first);
  for (const record of [one, two]) recordsOf(first).set(record.id, flip(record));

  const second = await openSecond(first);

  assert.equal((await second.vault.list()).entries.length, 2);
  assert.partialDeepStrictEqual(second.backup.status, { unopened: 2, missing: 0, pending: 0 });
  first.server.log = [];
  await second.backup.syncNow();
  assert.deepEqual(first.server.log, [CHANGES]);
  assert.equal((await liveNotes(first)).length, 4);
  const next = await openTab(second.phone);
  assert.equal(next.backup.status.unopened, 2);
});

test("sealed bytes that were swapped between two notes are counted", async () => {
  const first = await withNotes(2);
  const [one, two] = await liveNotes(first);
  recordsOf(first).set(one.id, { ...one, sealed: two.sealed });
  recordsOf(first).set(two.id, { ...two, sealed: one.sealed });

  const second = await openSecond(first);

  assert.partialDeepStrictEqual(second.backup.status, { unopened: 2 });
});

test("a note that couldn't be opened is tried again after a day", async () => {
  const first = await withNotes(1);
  const [record] = await liveNotes(first);
  recordsOf(first).set(record.id, flip(record));
  const second = await openSecond(first);
  recordsOf(first).set(record.id, record);

  await second.clock.pass(25 * 3_600_000);
  await second.backup.syncNow();

  assert.partialDeepStrictEqual(second.backup.status, { unopened: 0 });
  assert.equal((await second.vault.list()).entries.length, 1);
});

test("a phone that restores counts the notes that the backup has lost", async () => {
  const first = await withNotes(3);
  const [record] = await liveNotes(first);
  recordsOf(first).delete(record.id);

  const second = await openSecond(first);

  assert.partialDeepStrictEqual(second.backup.status, { missing: 1, unopened: 0 });
  // The first phone still has it.
  await first.backup.syncNow();
  await second.backup.syncNow();
  assert.partialDeepStrictEqual(second.backup.status, { missing: 0 });
});

test("a deleted note isn't missing", async () => {
  const first = await withNotes(2);
  const [{ id }] = (await first.vault.list()).entries;
  await deleteNote(first, id);
  await first.backup.syncNow();

  const second = await openSecond(first);

  assert.partialDeepStrictEqual(second.backup.status, { missing: 0 });
});

test("a deleted note that comes back from an old copy of the server is removed again", async () => {
  const first = await withNotes(2);
  const yesterday = first.server.snapshot();
  const [{ id }] = (await first.vault.list()).entries;
  await deleteNote(first, id);
  await first.backup.syncNow();
  assert.equal((await liveNotes(first)).length, 1);
  first.server.restore(yesterday);

  await first.backup.syncNow();

  assert.equal((await liveNotes(first)).length, 1);
  assert.equal((await openSecond(first).then(({ vault }) => vault.list())).entries.length, 1);
});

test("a phone that was away for long doesn't bring a deleted note back", async () => {
  const first = await withNotes(1);
  const [{ id }] = (await first.vault.list()).entries;
  const second = await openSecond(first);
  await deleteNote(first, id);
  await first.backup.syncNow();
  assert.deepEqual(await liveNotes(first), []);

  await second.backup.syncNow();

  assert.deepEqual((await second.vault.list()).entries, []);
  assert.deepEqual(await liveNotes(first), []);
});

test("what another phone's list deletes can't be opened or written any more", async () => {
  const first = await withNotes(1);
  const [{ id }] = (await first.vault.list()).entries;
  const second = await openSecond(first);
  await deleteNote(first, id);
  await first.backup.syncNow();
  await second.backup.syncNow();

  await assert.rejects(second.vault.read(id), { code: "entry_deleted" });
  await assert.rejects(second.vault.write(id, { text: "x" }), { code: "entry_deleted" });
});

test("a stranger's words take no notes along without a yes", async () => {
  const stranger = await openBackedUp(new ModelServer());
  const words = (await stranger.backup.words()).join(" ");
  const own = await openPhone(stranger.server);
  const id = await writeNote(own.vault, "walked");
  const before = await own.backup.words();

  await assert.rejects(own.backup.restore(words), { name: "BackupError", code: "joining" });

  assert.deepEqual(await own.backup.words(), before);
  assert.equal(own.backup.status.enabled, false);
  await stranger.backup.syncNow();
  assert.deepEqual((await stranger.vault.list()).entries, []);
  await own.backup.restore(words, { join: true });
  assert.deepEqual(await textsOf(own.vault, id), ["walked"]);
});

test("a phone's own words need no yes", async () => {
  const first = await withNotes(1);
  await first.backup.switchOff();

  const restored = await first.backup.restore((await first.backup.words()).join(" "));

  assert.deepEqual(restored, { complete: true });
});

test("an empty phone needs no yes", async () => {
  const first = await withNotes(1);

  const second = await openSecond(first);

  assert.equal((await second.vault.list()).entries.length, 1);
});

for (const response of [
  () => new Response("Gone", { status: 410 }),
  () => problem(410, "gone_fishing"),
  () => new Response("<h1>Gone</h1>", { status: 410, headers: { "Content-Type": "text/html" } }),
]) {
  test("a 410 that isn't the server's own leaves backup on", async () => {
    const first = await withNotes(1);
    const words = await first.backup.words();
    first.line.through = async () => response();

    await first.backup.syncNow();

    assert.equal(first.backup.status.enabled, true);
    assert.deepEqual(await first.backup.words(), words);
    await assert.rejects(first.backup.switchOn(), { status: 410 });
    assert.deepEqual(await first.backup.words(), words);
  });
}

test("the phones that use a backup are known, and a new one is announced once", async () => {
  const first = await withNotes(1);
  assert.deepEqual(
    first.backup.status.phones.map(({ browser, isThis, isNew }) => [browser, isThis, isNew]),
    [["Firefox", true, false]],
  );

  const second = await openSecond(first);
  assert.ok(second.backup.status.phones.every(({ isNew }) => !isNew));
  assert.equal(second.backup.status.phones.length, 2);
  await first.backup.syncNow();

  const isNew = () => first.backup.status.phones.map((phone) => phone.isNew);
  assert.deepEqual(isNew(), [false, true]);
  await first.backup.phonesSeen(first.backup.status.phones.map(({ actor }) => actor));
  assert.deepEqual(isNew(), [false, false]);
  await first.backup.syncNow();
  assert.deepEqual(isNew(), [false, false]);
});

test("nothing that confirms a guess or opens the backup is readable beside the sealed notes", async () => {
  const server = new ModelServer();
  server.joinCode = "spring";
  const first = await openPhone(server);
  await first.backup.switchOn({ joinCode: "spring" });
  await writeNote(first.vault, "walked");
  await first.backup.syncNow();

  const { meta, records } = first.phone.storage.stores;
  const readable = JSON.stringify([[...meta], [...records]], (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
  assert.ok(!readable.includes("spring") && !readable.includes("token-"), readable);
});

test("what an earlier version of the app stored about records and join code is understood", async () => {
  const { plainDigest } = await import("../../../static/js/data/entry.js");
  const first = await withNotes(2);
  const { states } = await first.vault.store.all();
  const rows = first.phone.storage.stores.records;
  for (const [id, { entry }] of rows) {
    rows.set(id, { entry, digest: await plainDigest(states.get(entry)) });
  }
  first.phone.storage.stores.meta.set("backup", { on: true, joinCode: "spring" });
  const next = await openTab(first.phone);

  assert.equal(next.backup.status.pending, 0);
  first.server.log = [];
  await next.backup.syncNow();

  assert.deepEqual(first.server.log, [CHANGES]);
  assert.ok([...rows.values()].every(({ digest }) => digest.startsWith("k.")));
  assert.deepEqual(Object.keys(first.phone.storage.stores.meta.get("backup")), [
    "on",
    "lastBackedUp",
  ]);
  first.server.joinCode = "spring";
  first.server.wipe();
  await next.backup.syncNow();
  assert.equal((await liveNotes(first)).length, 2);
});

test("a phone that the server can't answer with changes takes the whole list", async () => {
  const first = await withNotes(3);
  const second = await openSecond(first);
  for (const account of first.server.accounts.values()) account.sets = new Map();
  await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  for (const account of first.server.accounts.values()) account.sets = new Map();

  await second.backup.syncNow();

  assert.equal((await second.vault.list()).entries.length, 4);
});

test("changes that don't add up are mended by the whole list", async () => {
  const first = await withNotes(3);
  const second = await openSecond(first);
  await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  second.line.through = async (url, request) => {
    const response = await first.server.fetch(url, request);
    if (!url.endsWith("/changes")) return response;
    return Response.json({ ...(await response.json()), added: [] });
  };

  await second.backup.syncNow();

  assert.equal((await second.vault.list()).entries.length, 4);
  assert.ok(first.server.log.includes("GET /records"));
});

test("an old copy of a phone doesn't replace what it never saw", async () => {
  const first = await withNotes(1);
  const [{ id }] = (await first.vault.list()).entries;
  const copy = structuredClone(first.phone.storage.stores);
  await first.clock.pass(60_000);
  await first.vault.write(id, { text: "tuesday" });
  await first.backup.syncNow();
  first.phone.storage.stores = copy;
  await first.clock.pass(60_000);
  const next = await openTab(first.phone);
  await next.vault.read(id);

  await next.vault.write(id, { text: "wednesday" });
  await next.backup.syncNow();

  assert.deepEqual(await textsOf(next.vault, id), ["tuesday", "wednesday"]);
});

test("the words of a deleted note don't stay in a record that was never confirmed", async () => {
  const first = await withNotes(0);
  const { through } = first.line;
  first.line.through = (url, request) =>
    url.endsWith("/records")
      ? Promise.reject(new TypeError("Failed to fetch"))
      : through(url, request);
  const id = await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const pending = () =>
    [...first.phone.storage.stores.records.values()].filter(
      (row) => row.pending && row.entry === id,
    );
  assert.equal(pending().length, 1);
  await deleteNote(first, id);

  await first.backup.syncNow();

  assert.equal(pending().length, 0);
});

test("a record that the server lists and doesn't hand out is counted, holds nothing up, and is tried again", async () => {
  const first = await withNotes(1);
  const [record] = await liveNotes(first);
  const second = await openSecond(first, async (url, request) => {
    const response = await first.server.fetch(url, request);
    if (!url.endsWith("/fetch")) return response;
    const { records } = await response.json();
    return Response.json({ records: records.filter(({ id }) => id !== record.id) });
  });
  const own = await writeNote(second.vault, "ran");
  first.server.log = [];

  await second.backup.syncNow();

  assert.equal(await second.backup.isBackedUp(own), true);
  const { status } = second.backup;
  assert.partialDeepStrictEqual(status, { problem: null, pending: 0, unopened: 1, missing: 0 });
  assert.ok(first.server.log.length < 8, `${first.server.log}`);

  second.line.through = first.server.fetch;
  await second.clock.pass(25 * 3_600_000);
  await second.backup.syncNow();

  assert.partialDeepStrictEqual(second.backup.status, { problem: null, unopened: 0 });
  assert.equal((await second.vault.list()).entries.length, 2);
});

test("a note that can't be read here and isn't in the backup is counted", async () => {
  const first = await withNotes(1);
  first.phone.storage.stores.entries.set("A".repeat(22), new Uint8Array(40));

  await first.backup.syncNow();

  assert.partialDeepStrictEqual(first.backup.status, { pending: 0, unreadable: 1 });
});

test("a deleted note that an old server had lost is not missing on a new phone", async () => {
  const first = await openBackedUp(new ModelServer());
  const yesterday = first.server.snapshot();
  const id = await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const { until } = await first.vault.remove(id);
  first.server.restore(yesterday);
  await first.clock.pass(until - first.clock.time);
  await first.backup.syncNow();

  const second = await openSecond(first);

  assert.partialDeepStrictEqual(second.backup.status, { missing: 0, pending: 0 });
});

test("what another phone marked as deleted of sync's own entries stays a list", async () => {
  const first = await withNotes(2);
  const [{ id }] = (await first.vault.list()).entries;
  await deleteNote(first, id);
  await first.backup.syncNow();
  const { states } = await first.vault.store.all();
  const [list] = [...states].find(([, { kind }]) => kind === "removed");
  // An earlier version of the app shows such a list, and lets the reader delete it.
  const older = await openSecond(first);
  const { removeState } = await import("../../../static/js/data/entry.js");
  await older.vault.store.update([list], (state) => removeState(state));
  await older.backup.syncNow();

  const third = await openSecond(first);
  await third.backup.syncNow();

  const after = (await third.vault.store.all()).states;
  assert.ok(Object.keys(after.get(list).fields).includes(id));
  assert.equal(after.get(list).deleted, false);
});

for (const value of [{ toString: 1, valueOf: 1 }, "9", -1, [], null, 1e300]) {
  test(`an odd value in what sync keeps for itself stops nothing: ${JSON.stringify(value)}`, async () => {
    const first = await withNotes(1);
    const { states } = await first.vault.store.all();
    const books = [...states].filter(([, { kind }]) => kind === "contents" || kind === "phones");
    const { writeFields } = await import("../../../static/js/data/entry.js");
    for (const [id] of books) {
      await first.vault.store.update([id], (state, actor) =>
        writeFields(
          state,
          { odd: value, days: { browser: "x", system: "y", days: [value] } },
          actor,
          9,
        ),
      );
    }
    const note = await writeNote(first.vault, "ran");

    await first.backup.syncNow();
    const next = await openTab(first.phone);

    const { state, problem, pending } = first.backup.status;
    assert.deepEqual([state, problem, pending], ["idle", null, 0]);
    assert.equal(await next.backup.isBackedUp(note), true);
    assert.partialDeepStrictEqual(next.backup.status, { enabled: true, pending: 0 });
  });
}

test("a state that is nested too deep counts as one that can't be opened", async () => {
  const first = await withNotes(1);
  let deep = "x";
  for (let depth = 0; depth < 3_000; depth += 1) deep = [deep];
  const keys = await first.vault.store.keys();
  const about = { id: "A".repeat(22), entry: "B".repeat(21) + "A", supersedes: [] };
  const version = { value: deep, actor: "a", counter: 1 };
  const state = {
    kind: "note",
    created: "",
    deleted: false,
    seen: { a: 1 },
    fields: { x: [version] },
  };
  const { sealRecord } = await import("../../../static/js/data/record-seal.js");
  recordsOf(first).set(about.id, await sealRecord(keys, about, state));

  await first.backup.syncNow();

  assert.partialDeepStrictEqual(first.backup.status, { problem: null, unopened: 1 });
});
