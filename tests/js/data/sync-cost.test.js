/** What a sync costs a phone: bytes that it sends, and entries that it reads. */

import assert from "node:assert/strict";
import test from "node:test";
import { openBackedUp, openSecond, writeNote } from "../support/backed-up.js";
import { ModelServer } from "../support/model-server.js";

const MINUTE = 60_000;

/** A phone with 60 notes in its backup. `spent.sent`: bytes of the bodies sent; `spent.reads`: reads of all entries. */
async function withManyNotes() {
  const first = await openBackedUp(new ModelServer());
  const notes = [];
  for (let number = 0; number < 60; number += 1) {
    notes.push(await writeNote(first.vault, `note ${number}`));
  }
  await first.backup.syncNow();
  const spent = { sent: 0, reads: 0 };
  const { line, phone } = first;
  const { through } = line;
  line.through = (url, request) => {
    spent.sent += request.body?.length ?? 0;
    return through(url, request);
  };
  const { storage } = phone.tab();
  const { read } = storage;
  storage.read = (requests) => {
    spent.reads += requests.filter(([name, key]) => name === "entries" && !key).length;
    return read.call(storage, requests);
  };
  return { ...first, notes, spent };
}

test("one changed word sends one record and not the list of what is backed up", async () => {
  const { vault, backup, clock, notes, spent } = await withManyNotes();
  await clock.pass(MINUTE);
  await vault.write(notes[7], { text: "changed" });

  await backup.syncNow();

  assert.partialDeepStrictEqual(backup.status, { pending: 0, problem: null });
  assert.ok(spent.sent < 2_500, `${spent.sent} bytes`);
});

test("what is backed up is counted anew after ten minutes", async () => {
  const first = await withManyNotes();
  const { vault, backup, clock, notes, server } = first;
  await clock.pass(MINUTE);
  const old = new Map(server.live.map((record) => [record.entry, record]));
  await vault.write(notes[7], { text: "changed" });
  await backup.syncNow();
  await clock.pass(10 * MINUTE);
  await backup.syncNow();
  // The server forgets the change.
  const [{ records }] = server.accounts.values();
  for (const [id, { entry }] of records) if (entry === notes[7]) records.delete(id);
  records.set(old.get(notes[7]).id, old.get(notes[7]));

  const second = await openSecond(first);

  assert.partialDeepStrictEqual(second.backup.status, { missing: 1 });
});

test("a sync reads the entries once, and once more to say how the backup stands", async () => {
  const { vault, backup, clock, notes, spent } = await withManyNotes();
  await clock.pass(MINUTE);
  await vault.write(notes[7], { text: "changed" });
  spent.reads = 0;

  await backup.syncNow();

  assert.equal(backup.status.pending, 0);
  assert.equal(spent.reads, 2);
});
