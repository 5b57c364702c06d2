import assert from "node:assert/strict";
import test from "node:test";
import { deriveKeys } from "../../../static/js/data/keys.js";
import { sealRecord } from "../../../static/js/data/record-seal.js";
import {
  liveNotes,
  openBackedUp,
  openSecond,
  openTab,
  textsOf,
  writeNote,
} from "../support/backed-up.js";
import { ModelServer } from "../support/model-server.js";

const open = () => openBackedUp(new ModelServer());

/** What of the log has to do with records. */
const asked = ({ log }) => log.filter((line) => line.includes("/records"));

const CHANGES = "POST /records/changes";
const PUSH = "POST /records";

test("45 entries are pushed 20 at a time, and each has one record", async () => {
  const { vault, backup, server } = await open();
  for (let number = 0; number < 45; number += 1) await writeNote(vault, `note ${number}`);
  server.log = [];

  await backup.syncNow();

  // The last one carries what sync keeps for itself.
  assert.deepEqual(asked(server), [CHANGES, PUSH, PUSH, PUSH, PUSH]);
  const live = await liveNotes({ vault, server });
  assert.equal(new Set(live.map(({ entry }) => entry)).size, 45);
});

test("long entries are pushed in bodies of 512 KiB at most", async () => {
  const { vault, backup, server } = await open();
  for (let number = 0; number < 12; number += 1) await writeNote(vault, "x".repeat(60_000));

  await backup.syncNow();

  assert.equal(backup.status.problem, null);
  assert.equal((await liveNotes({ vault, server })).length, 12);
});

test("120 entries are fetched ever more at a time, 50 at most", async () => {
  const first = await open();
  for (let number = 0; number < 120; number += 1) await writeNote(first.vault, `note ${number}`);
  await first.backup.syncNow();
  first.server.log = [];

  const sizes = [];
  const { through } = first.line;
  const { vault } = await openSecond(first, (url, request) => {
    if (url.endsWith("/fetch")) sizes.push(JSON.parse(request.body).ids.length);
    return through(url, request);
  });

  // There are three more records, which sync keeps for itself, and later a push of what it adds to them.
  assert.deepEqual(sizes, [8, 16, 32, 50, 17]);
  assert.equal((await vault.list()).entries.length, 120);
});

test("when nothing has changed nothing is fetched and nothing pushed", async () => {
  const { vault, backup, server } = await open();
  await writeNote(vault, "walked");
  await backup.syncNow();
  server.log = [];

  await backup.syncNow();

  assert.deepEqual(server.log, [CHANGES]);
});

test("a changed entry's record supersedes the one before", async () => {
  const { vault, backup, server } = await open();
  const id = await writeNote(vault, "walked");
  await backup.syncNow();
  const [before] = await liveNotes({ vault, server });
  await vault.write(id, { text: "walked far" });

  await backup.syncNow();

  const live = await liveNotes({ vault, server });
  assert.equal(live.length, 1);
  assert.deepEqual(live[0].supersedes, [before.id]);
  assert.equal(backup.status.pending, 0);
});

test("a record is stored before it is sent, and sent again with the same bytes", async () => {
  const { vault, backup, line, phone } = await open();
  const sent = [];
  const { through } = line;
  line.through = (url, request) => {
    const stored = [...phone.storage.stores.records.values()].flatMap((row) => row.pending ?? []);
    if (url.endsWith("/records") && request.body) sent.push({ body: request.body, stored });
    return through(url, request);
  };
  await writeNote(vault, "walked");

  line.fates = ["good", "late"];
  await backup.syncNow();
  await backup.syncNow();
  await line.deliver();

  assert.equal(sent[0].body, sent.at(-1).body);
  assert.deepEqual(JSON.parse(sent[0].body).records, sent[0].stored);
});

test("a push whose answer was lost is found in the list and not fetched", async () => {
  const { vault, backup, server, line } = await open();
  await writeNote(vault, "walked");
  line.fates = ["good", "unanswered"];
  await backup.syncNow();
  server.log = [];

  await backup.syncNow();

  // The push is of what sync keeps for itself.
  assert.deepEqual(server.log, [CHANGES, PUSH]);
  assert.equal(backup.status.pending, 0);
});

test("a state that changed after a lost push is sealed anew", async () => {
  const { vault, backup, server, line, phone } = await open();
  const id = await writeNote(vault, "walked");
  line.fates = ["good", "lost"];
  await backup.syncNow();
  await vault.write(id, { text: "walked far" });

  await backup.syncNow();

  assert.equal((await liveNotes({ vault, server })).length, 1);
  assert.equal(phone.storage.stores.records.size, server.live.length);
  assert.deepEqual(await textsOf((await openSecond({ backup, server })).vault, id), ["walked far"]);
});

test("a record that another phone pushed meanwhile is merged and not overwritten", async () => {
  const first = await open();
  const id = await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const second = await openSecond(first);
  await first.vault.write(id, { text: "walked far" });
  await second.vault.write(id, { text: "ran" });
  const { through } = first.line;
  // The second phone pushes between the first one's list and its push.
  first.line.through = async (url, request) => {
    if (url.endsWith("/records") && request.method === "POST") {
      first.line.through = through;
      await second.backup.syncNow();
    }
    return through(url, request);
  };

  for (const { backup } of [first, second, first]) await backup.syncNow();

  assert.equal((await liveNotes(first)).length, 1);
  for (const { vault } of [first, second]) {
    assert.deepEqual(await textsOf(vault, id), ["ran", "walked far"]);
  }
});

test("what is merged and that it is merged are stored in one step", async () => {
  const first = await open();
  await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const second = await openBackedUp(new ModelServer());
  const steps = [];
  const { storage } = second.phone;
  const write = storage.write.bind(storage);
  storage.write = (changes) => {
    steps.push(changes.map(([store]) => store));
    return write(changes);
  };
  second.line.through = first.server.fetch;

  await second.backup.restore((await first.backup.words()).join(" "), { replace: true });

  const isMerging = (stores) =>
    stores.includes("entries") && stores.includes("records") && !stores.includes("keys");
  const merging = steps.filter(isMerging);
  assert.deepEqual(
    merging.map((stores) => stores.toSorted()),
    [["entries", "entries", "entries", "records", "records", "records"]],
  );
});

test("a record that can't be read is left where it is and doesn't stop the rest", async () => {
  const { vault, backup, server } = await open();
  const id = await writeNote(vault, "walked");
  await backup.syncNow();
  const [{ records }] = [...server.accounts.values()];
  const keys = await deriveKeys(new Uint8Array(16));
  const about = { id: "A".repeat(22), entry: id, supersedes: [] };
  records.set(about.id, await sealRecord(keys, about, await vault.store.get(id)));
  await vault.write(id, { text: "walked far" });

  await backup.syncNow();
  server.log = [];
  await backup.syncNow();

  assert.deepEqual(server.log, [CHANGES]);
  const counted = { state: "idle", problem: null, pending: 0, unopened: 1 };
  assert.partialDeepStrictEqual(backup.status, counted);
  assert.ok(records.has(about.id));
  assert.equal((await liveNotes({ vault, server })).length, 2);
});

test("an entry that is too long is named, stays on the phone and doesn't stop the rest", async () => {
  const { vault, backup, server } = await open();
  const long = await writeNote(vault, "x".repeat(65_000));
  const short = await writeNote(vault, "walked");

  await backup.syncNow();

  const live = await liveNotes({ vault, server });
  assert.deepEqual(
    live.map(({ entry }) => entry),
    [short],
  );
  assert.partialDeepStrictEqual(backup.status, {
    state: "idle",
    problem: "entry_too_large",
    pending: 1,
    tooLarge: [long],
  });
  assert.equal(await backup.isBackedUp(long), false);
});

test("an entry that has been shortened is backed up", async () => {
  const { vault, backup } = await open();
  const id = await writeNote(vault, "x".repeat(65_000));
  await backup.syncNow();
  await vault.write(id, { text: "short" });

  await backup.syncNow();

  assert.partialDeepStrictEqual(backup.status, { problem: null, pending: 0, tooLarge: [] });
});

test("what a full account refuses is pushed when there is room again", async () => {
  const { vault, backup, server } = await open();
  server.mostRecords = server.live.length + 1;
  await writeNote(vault, "walked");
  await writeNote(vault, "ran");

  await backup.syncNow();

  assert.partialDeepStrictEqual(backup.status, { state: "failed", problem: "quota", pending: 1 });
  server.mostRecords += 1;
  await backup.syncNow();
  assert.partialDeepStrictEqual(backup.status, { state: "idle", problem: null, pending: 0 });
});

test("a record whose id is taken by other bytes is sealed again under another", async () => {
  const { vault, backup, server, line } = await open();
  await writeNote(vault, "walked");
  const { through } = line;
  line.through = async (url, request) => {
    if (!url.endsWith("/records") || !request.body) return through(url, request);
    line.through = through;
    const [{ id }] = JSON.parse(request.body).records;
    return Response.json({ results: { [id]: "clash" } });
  };

  await backup.syncNow();

  assert.equal((await liveNotes({ vault, server })).length, 1);
  assert.equal(backup.status.pending, 0);
});

test("what is live is asked again when a record vanished before it was fetched", async () => {
  const first = await open();
  const id = await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const second = await openSecond(first);
  await first.vault.write(id, { text: "walked far" });
  await first.backup.syncNow();
  const { through } = second.line;
  // The first phone pushes between the second one's list and its fetch.
  second.line.through = async (url, request) => {
    if (url.endsWith("/fetch")) {
      second.line.through = through;
      await first.vault.write(id, { text: "walked very far" });
      await first.backup.syncNow();
    }
    return through(url, request);
  };

  await second.backup.syncNow();

  assert.deepEqual(await textsOf(second.vault, id), ["walked very far"]);
  assert.equal(second.backup.status.pending, 0);
});

test("what is live is asked again when a push turns out to be superseded", async () => {
  const { vault, backup, server, line } = await open();
  await writeNote(vault, "walked");
  const { through } = line;
  line.through = async (url, request) => {
    if (!url.endsWith("/records") || !request.body) return through(url, request);
    line.through = through;
    const [{ id }] = JSON.parse(request.body).records;
    return Response.json({ results: { [id]: "superseded" } });
  };
  server.log = [];

  await backup.syncNow();

  assert.deepEqual(asked(server), [CHANGES, CHANGES, PUSH, PUSH]);
  assert.equal(backup.status.pending, 0);
});

test("an entry that can't be read any more on this phone comes back from the backup", async () => {
  const { vault, backup, phone } = await open();
  const id = await writeNote(vault, "walked");
  await backup.syncNow();
  backup.close();
  phone.storage.stores.entries.set(id, new Uint8Array(40));
  const next = await openTab(phone);

  await next.backup.syncNow();

  assert.deepEqual(await textsOf(next.vault, id), ["walked"]);
  assert.deepEqual((await next.vault.list()).unreadable, []);
});

test("a server that was wiped gets everything again", async () => {
  const { vault, backup, server } = await open();
  await writeNote(vault, "walked");
  await backup.syncNow();
  server.wipe();

  await backup.syncNow();

  assert.equal((await liveNotes({ vault, server })).length, 1);
  assert.equal(backup.status.pending, 0);
});

test("a deletion reaches the other phone, against an edit made there meanwhile", async () => {
  const first = await open();
  const id = await writeNote(first.vault, "walked");
  await first.backup.syncNow();
  const second = await openSecond(first);
  await second.vault.write(id, { text: "walked far" });
  const { until } = await first.vault.remove(id);
  await first.clock.pass(until - first.clock.time);

  for (const { backup } of [first, second, first]) await backup.syncNow();

  assert.deepEqual((await second.vault.list()).entries, []);
  assert.deepEqual((await second.vault.store.get(id)).fields, {});
  assert.deepEqual(await liveNotes(first), []);
});

test("what another phone wrote under a kind unknown here comes through untouched", async () => {
  const first = await open();
  const { id } = first.vault.create({ kind: "dream", worksheet: "from-the-future", revision: 99 });
  await first.vault.write(id, { drawing: { strokes: [[1, 2]] } });
  await first.backup.syncNow();

  const second = await openSecond(first);
  await second.vault.write(id, { title: "flying" });
  await second.backup.syncNow();
  await first.backup.syncNow();

  const entry = await first.vault.read(id);
  assert.partialDeepStrictEqual(entry, { kind: "dream", revision: 99 });
  assert.deepEqual(entry.fields.drawing[0].value, { strokes: [[1, 2]] });
});
