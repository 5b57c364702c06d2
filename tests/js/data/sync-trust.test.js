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
  const { until } = await first.vault.remove(id);
  await first.clock.pass(until - first.clock.time);
  await first.backup.syncNow();

  const second = await openSecond(first);

  assert.partialDeepStrictEqual(second.backup.status, { missing: 0 });
});

test("a deleted note that comes back from an old copy of the server is removed again", async () => {
  const first = await withNotes(2);
  const yesterday = first.server.snapshot();
  const [{ id }] = (await first.vault.list()).entries;
  const { until } = await first.vault.remove(id);
  await first.clock.pass(until - first.clock.time);
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
  const { until } = await first.vault.remove(id);
  await first.clock.pass(until - first.clock.time);
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
  const { until } = await first.vault.remove(id);
  await first.clock.pass(until - first.clock.time);
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
  await first.backup.phonesSeen();
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
