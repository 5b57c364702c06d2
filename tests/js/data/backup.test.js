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
import { settle } from "../support/surroundings.js";
import { vectors } from "../support/vectors.js";

test("until backup is switched on the server hears nothing", async () => {
  const { vault, backup, clock, phone, server } = await openPhone(new ModelServer());
  const id = await writeNote(vault, "walked");

  phone.wake("online");
  await backup.syncNow();
  await clock.pass(3_600_000);

  assert.deepEqual(server.log, []);
  assert.partialDeepStrictEqual(backup.status, {
    enabled: false,
    state: "idle",
    lastBackedUp: null,
  });
  assert.equal(await backup.isBackedUp(id), false);
});

test("switching it on backs up what was there", async () => {
  const { vault, backup, clock, server } = await openPhone(new ModelServer());
  const id = await writeNote(vault, "walked");

  await backup.switchOn();
  assert.partialDeepStrictEqual(backup.status, { enabled: true, pending: 1 });
  await clock.pass(0);

  assert.equal((await liveNotes({ vault, server })).length, 1);
  assert.partialDeepStrictEqual(backup.status, {
    state: "idle",
    problem: null,
    pending: 0,
    lastBackedUp: clock.time,
  });
  assert.equal(await backup.isBackedUp(id), true);
});

test("a save is backed up two seconds after the last one", async () => {
  const { vault, backup, clock, server } = await openBackedUp(new ModelServer());
  const id = await writeNote(vault, "walk");
  await settle();
  assert.equal(backup.status.pending, 1);
  await clock.pass(1_500);
  await vault.write(id, { text: "walked" });
  await settle();

  await clock.pass(1_999);
  assert.equal((await liveNotes({ vault, server })).length, 0);
  await clock.pass(1);

  assert.equal((await liveNotes({ vault, server })).length, 1);
  assert.equal(backup.status.pending, 0);
});

test("without a line it waits, and goes on when the phone is online again", async () => {
  const { vault, backup, clock, line, phone, server } = await openBackedUp(new ModelServer());
  line.fates = ["lost"];
  await writeNote(vault, "walked");
  await settle();
  await clock.pass(2_000);
  assert.partialDeepStrictEqual(backup.status, {
    state: "waiting",
    problem: "offline",
    pending: 1,
  });

  phone.wake("online");
  await clock.pass(0);

  assert.equal((await liveNotes({ vault, server })).length, 1);
  assert.partialDeepStrictEqual(backup.status, { state: "idle", problem: null, pending: 0 });
});

test("a busy server is left alone for as long as it asks", async () => {
  const { backup, clock, line, phone } = await openBackedUp(new ModelServer());
  const { through } = line;
  let calls = 0;
  line.through = async () => {
    calls += 1;
    return problem(429, "too_many", { "Retry-After": "60" });
  };
  await backup.syncNow();
  assert.partialDeepStrictEqual(backup.status, { state: "waiting", problem: "too_many" });

  phone.wake("visibilitychange");
  await clock.pass(60_000);
  assert.equal(calls, 1);
  line.through = through;
  await clock.pass(5_000);

  assert.partialDeepStrictEqual(backup.status, { state: "idle", problem: null });
});

test("the next visit syncs at its start", async () => {
  const { vault, backup, phone, server, clock } = await openBackedUp(new ModelServer());
  await writeNote(vault, "walked");
  backup.close();

  const next = await openTab(phone);
  assert.partialDeepStrictEqual(next.backup.status, { enabled: true, pending: 1 });
  await clock.pass(0);

  assert.equal((await liveNotes({ vault, server })).length, 1);
});

test("a service with a join code asks for it, and nothing changes without", async () => {
  const server = new ModelServer();
  server.joinCode = "spring";
  const { backup } = await openPhone(server);

  await assert.rejects(backup.switchOn(), { name: "ApiError", code: "join_code_needed" });
  assert.equal(backup.status.enabled, false);

  assert.deepEqual(await backup.switchOn({ joinCode: "spring" }), { newWords: false });
  assert.equal(backup.status.enabled, true);
});

test("the join code is used again when the server has lost the account", async () => {
  const server = new ModelServer();
  server.joinCode = "spring";
  const { vault, backup } = await openPhone(server);
  await backup.switchOn({ joinCode: "spring" });
  await writeNote(vault, "walked");
  await backup.syncNow();
  server.wipe();

  await backup.syncNow();

  assert.equal((await liveNotes({ vault, server })).length, 1);
});

test("a phone that was restored is asked for the join code when the server has lost the account", async () => {
  const server = new ModelServer();
  server.joinCode = "spring";
  const first = await openPhone(server);
  await first.backup.switchOn({ joinCode: "spring" });
  const second = await openSecond(first);
  await writeNote(second.vault, "ran");
  server.wipe();
  await second.backup.syncNow();
  assert.partialDeepStrictEqual(second.backup.status, {
    enabled: true,
    state: "failed",
    problem: "join_code_needed",
  });

  await second.backup.switchOn({ joinCode: "spring" });
  await second.clock.pass(0);

  assert.equal((await liveNotes(second)).length, 1);
  assert.partialDeepStrictEqual(second.backup.status, { state: "idle", problem: null, pending: 0 });
});

test("the words bring everything back on another phone, and the first one's new words too", async () => {
  const first = await openBackedUp(new ModelServer());
  const id = await writeNote(first.vault, "walked");
  await first.backup.syncNow();

  const words = (await first.backup.words()).map((word) => word.slice(0, 4).toUpperCase());
  const second = await openPhone(first.server);
  assert.deepEqual(await second.backup.restore(words.join("\n")), { complete: true });

  assert.deepEqual(await textsOf(second.vault, id), ["walked"]);
  assert.deepEqual(await second.backup.words(), await first.backup.words());
  assert.equal((await second.vault.read(id)).fields.text[0].here, false);
});

test("what the restoring phone had itself is kept under its id and backed up", async () => {
  const first = await openBackedUp(new ModelServer());
  await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const second = await openPhone(first.server);
  const own = await writeNote(second.vault, "ran");

  await second.backup.restore((await first.backup.words()).join(" "), { join: true });
  await first.backup.syncNow();

  assert.deepEqual(await textsOf(second.vault, own), ["ran"]);
  assert.deepEqual(await textsOf(first.vault, own), ["ran"]);
  assert.equal((await second.vault.list()).entries.length, 2);
});

test("edits of one field on two phones without a line are both shown on both", async () => {
  const first = await openBackedUp(new ModelServer());
  const id = await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const second = await openSecond(first);
  await first.vault.write(id, { text: "walked far" });
  await second.vault.write(id, { text: "ran" });

  for (const { backup } of [first, second, first, second]) await backup.syncNow();

  for (const { vault } of [first, second]) {
    assert.deepEqual(await textsOf(vault, id), ["ran", "walked far"]);
    assert.equal((await vault.list()).entries[0].conflicts, 1);
  }
});

test("words that the server doesn't know change nothing", async () => {
  const { vault, backup } = await openPhone(new ModelServer());
  await writeNote(vault, "walked");
  const before = await backup.words();

  const restore = backup.restore(vectors.keys[3].words);

  await assert.rejects(restore, { name: "BackupError", code: "backup_missing" });
  assert.deepEqual(await backup.words(), before);
  assert.equal(backup.status.enabled, false);
});

test("words that can't be right aren't sent anywhere", async () => {
  const { backup, server } = await openPhone(new ModelServer());

  await assert.rejects(backup.restore("tea and cake"), { code: "unknown_word", position: 1 });
  assert.deepEqual(server.log, []);
});

test("restoring without a line changes nothing", async () => {
  const first = await openBackedUp(new ModelServer());
  const second = await openPhone(first.server);
  second.line.fates = ["lost"];
  const words = (await first.backup.words()).join(" ");

  await assert.rejects(second.backup.restore(words), { code: "offline" });
  assert.equal(second.backup.status.enabled, false);
});

test("a restore whose line breaks goes on later", async () => {
  const first = await openBackedUp(new ModelServer());
  const id = await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const second = await openPhone(first.server);
  second.line.fates = ["good", "good", "lost"];

  const restored = await second.backup.restore((await first.backup.words()).join(" "));
  assert.deepEqual(restored, { complete: false });
  await second.clock.pass(10_000);

  assert.deepEqual(await textsOf(second.vault, id), ["walked"]);
});

test("a phone with a backup of its own doesn't leave it behind unasked", async () => {
  const server = new ModelServer();
  const first = await openBackedUp(server);
  const second = await openBackedUp(server);
  const own = await writeNote(second.vault, "ran");
  const words = (await first.backup.words()).join(" ");

  await assert.rejects(second.backup.restore(words), { code: "backup_on" });
  await second.backup.restore(words, { replace: true, join: true });
  await first.backup.syncNow();

  assert.deepEqual(await textsOf(first.vault, own), ["ran"]);
});

test("restoring in one tab is noticed by the others, which go on reading and writing", async () => {
  const first = await openBackedUp(new ModelServer());
  await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const second = await openPhone(first.server);
  const other = await openTab(second.phone);
  const own = await writeNote(other.vault, "ran");

  await second.backup.restore((await first.backup.words()).join(" "), { join: true });
  await settle();
  await other.vault.write(own, { text: "ran far" });

  const { entries, unreadable } = await other.vault.list();
  assert.equal(entries.length, 2);
  assert.deepEqual(unreadable, []);
  assert.equal(other.backup.status.enabled, true);
});

test("switching off keeps what is on the phone and on the server, and asks nothing more", async () => {
  const { vault, backup, phone, clock, server } = await openBackedUp(new ModelServer());
  const id = await writeNote(vault, "walked");
  await backup.syncNow();

  await backup.switchOff();
  server.log = [];
  await vault.write(id, { text: "walked far" });
  phone.wake("online");
  await clock.pass(3_600_000);

  assert.deepEqual(server.log, []);
  assert.equal((await liveNotes({ vault, server })).length, 1);
  assert.equal(backup.status.enabled, false);
});

test("switching on again goes on where it stopped", async () => {
  const { vault, backup, server } = await openBackedUp(new ModelServer());
  await writeNote(vault, "walked");
  await backup.syncNow();
  const before = server.live;
  await backup.switchOff();

  await backup.switchOn();
  await backup.syncNow();

  assert.deepEqual(server.live, before);
  assert.equal(backup.status.pending, 0);
});

test("switching off gives up what is under way", async () => {
  const { vault, backup, line } = await openBackedUp(new ModelServer());
  await writeNote(vault, "walked");
  line.through = (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const pass = backup.syncNow();
  await settle();
  assert.equal(backup.status.state, "syncing");

  await backup.switchOff();
  await pass;

  assert.partialDeepStrictEqual(backup.status, { enabled: false, state: "idle", problem: null });
});

test("erasing empties the server and keeps what is on the phone", async () => {
  const { vault, backup, server } = await openBackedUp(new ModelServer());
  const id = await writeNote(vault, "walked");
  await backup.syncNow();

  await backup.erase();

  assert.equal(server.accounts.size, 0);
  assert.deepEqual(await textsOf(vault, id), ["walked"]);
  assert.partialDeepStrictEqual(backup.status, { enabled: false, problem: null });
});

test("erasing without a line changes nothing", async () => {
  const { backup, line } = await openBackedUp(new ModelServer());
  line.fates = ["lost"];

  await assert.rejects(backup.erase(), { code: "offline" });
  assert.equal(backup.status.enabled, true);
});

test("another phone learns that the backup was erased and keeps what it has", async () => {
  const first = await openBackedUp(new ModelServer());
  const id = await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const second = await openSecond(first);
  await first.backup.erase();

  await second.backup.syncNow();

  assert.partialDeepStrictEqual(second.backup.status, {
    enabled: false,
    state: "idle",
    problem: "account_erased",
  });
  assert.deepEqual(await textsOf(second.vault, id), ["walked"]);
});

test("switching on after erasing gives new words and backs up what is on the phone", async () => {
  const { vault, backup, server } = await openBackedUp(new ModelServer());
  const id = await writeNote(vault, "walked");
  const before = await backup.words();
  await backup.erase();

  assert.deepEqual(await backup.switchOn(), { newWords: true });
  await backup.syncNow();

  assert.notDeepEqual(await backup.words(), before);
  assert.equal((await liveNotes({ vault, server })).length, 1);
  assert.deepEqual(await textsOf(vault, id), ["walked"]);
  assert.partialDeepStrictEqual(backup.status, { problem: null, pending: 0 });
});

test("of two tabs only one syncs, and the other's status follows", async () => {
  const { vault, backup, phone, server, clock } = await openBackedUp(new ModelServer());
  const other = await openTab(phone);
  await clock.pass(0);
  server.log = [];
  await writeNote(vault, "walked");
  await settle();

  await clock.pass(2_000);

  // One push is of the note, the other one of what sync keeps for itself.
  assert.equal(server.log.filter((line) => line === "POST /records").length, 2);
  assert.partialDeepStrictEqual(backup.status, { pending: 0, lastBackedUp: clock.time });
  assert.partialDeepStrictEqual(other.backup.status, { pending: 0, lastBackedUp: clock.time });
});

test("switching off in one tab stops the others", async () => {
  const { backup, phone, server, clock } = await openBackedUp(new ModelServer());
  const other = await openTab(phone);
  await clock.pass(0);

  await backup.switchOff();
  await settle();
  server.log = [];
  await writeNote(other.vault, "walked");
  await clock.pass(3_600_000);

  assert.equal(other.backup.status.enabled, false);
  assert.deepEqual(server.log, []);
});

test("whoever listens hears the status at once and at every change", async () => {
  const { backup } = await openBackedUp(new ModelServer());
  const heard = [];
  const stop = backup.onStatus(({ state }) => heard.push(state));

  await backup.syncNow();
  stop();
  await backup.syncNow();

  assert.equal(heard[0], "idle");
  assert.ok(heard.includes("syncing"));
  assert.equal(heard.at(-1), "idle");
});
