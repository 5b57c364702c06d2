import assert from "node:assert/strict";
import test from "node:test";
import { openVault } from "../../../static/js/data/entries.js";
import { createPhone, settle } from "../support/surroundings.js";

async function openWithEntry() {
  const phone = createPhone();
  const vault = await openVault(phone.tab());
  const { id } = vault.create({ kind: "note" });
  await vault.write(id, { text: "walked" });
  return { phone, vault, id };
}

const listed = async (vault) => (await vault.list()).entries.map(({ id }) => id);

/** What is stored of an entry, opened by a tab that doesn't hide removals. */
const stored = async (vault, id) => vault.store.get(id);

test("a removed entry is hidden at once, in every tab", async () => {
  const { phone, vault, id } = await openWithEntry();
  const other = await openVault(phone.tab());

  await vault.remove(id);

  for (const tab of [vault, other]) {
    assert.deepEqual(await listed(tab), []);
    await assert.rejects(tab.read(id), { code: "entry_deleted", id });
    await assert.rejects(tab.write(id, { text: "ran" }), { code: "entry_deleted", id });
  }
});

test("undo in time brings the entry back", async () => {
  const { phone, vault, id } = await openWithEntry();
  const undo = await vault.remove(id);
  await phone.clock.pass(undo.until - phone.clock.time - 1);

  assert.equal(await vault.undo(undo), true);

  await phone.clock.pass(60_000);
  assert.deepEqual(await listed(vault), [id]);
});

test("the words are gone when the time for undoing has passed", async () => {
  const { phone, vault, id } = await openWithEntry();
  const undo = await vault.remove(id);

  await phone.clock.pass(undo.until - phone.clock.time);

  assert.partialDeepStrictEqual(await stored(vault, id), { fields: {}, deleted: true });
  assert.equal(await vault.undo(undo), false);
  assert.deepEqual(await listed(vault), []);
});

test("an entry removed in a tab that was killed is deleted at the next start", async () => {
  const { phone, vault, id } = await openWithEntry();
  await vault.remove(id);
  vault.close();
  phone.clock.time += 3_600_000;

  const next = await openVault(phone.tab());

  assert.equal((await stored(next, id)).deleted, true);
  assert.equal([...phone.storage.stores.meta.keys()].join(), "actor");
});

test("another tab deletes what was removed in a tab that was closed", async () => {
  const { phone, vault, id } = await openWithEntry();
  const other = await openVault(phone.tab());
  await vault.remove(id);
  await settle();
  vault.close();

  await phone.clock.pass(60_000);

  assert.equal((await stored(other, id)).deleted, true);
});

test("a start within the time for undoing leaves it to be undone", async () => {
  const { phone, vault, id } = await openWithEntry();
  const undo = await vault.remove(id);
  vault.close();

  const next = await openVault(phone.tab());

  assert.equal(await next.undo(undo), true);
  assert.deepEqual(await listed(next), [id]);
});

test("a clock that was set back doesn't keep the words", async () => {
  const { phone, vault, id } = await openWithEntry();
  await vault.remove(id);
  vault.close();
  phone.clock.time -= 86_400_000;

  const next = await openVault(phone.tab());

  assert.equal((await stored(next, id)).deleted, true);
});

test("several removals are each deleted in their time", async () => {
  const { phone, vault, id } = await openWithEntry();
  const { id: second } = vault.create({ kind: "note" });
  await vault.write(second, { text: "ran" });
  await vault.remove(id);
  await phone.clock.pass(10_000);
  await vault.remove(second);

  await phone.clock.pass(10_000);
  const early = [(await stored(vault, id)).deleted, (await stored(vault, second)).deleted];
  await phone.clock.pass(10_000);

  assert.deepEqual(early, [true, false]);
  assert.equal((await stored(vault, second)).deleted, true);
});

test("an entry that was never written is simply forgotten", async () => {
  const { phone, vault } = await openWithEntry();
  const { id } = vault.create({ kind: "note" });

  await vault.remove(id);

  await assert.rejects(vault.read(id), { code: "entry_missing" });
  assert.equal(phone.storage.stores.entries.size, 1);
});

test("an entry that can't be read can be removed too", async () => {
  const { phone, id } = await openWithEntry();
  phone.storage.stores.entries.set(id, new Uint8Array(40));
  const next = await openVault(phone.tab());

  await next.remove(id);
  const { unreadable } = await next.list();
  await phone.clock.pass(60_000);

  assert.deepEqual(unreadable, []);
  assert.equal((await stored(next, id)).deleted, true);
});
