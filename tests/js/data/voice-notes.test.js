import assert from "node:assert/strict";
import test from "node:test";
import { openBackup } from "../../../static/js/data/backup.js";
import { openVault } from "../../../static/js/data/entries.js";
import { LetterMissingError, StorageFullError } from "../../../static/js/data/errors.js";
import { Letters } from "../../../static/js/data/voice-notes.js";
import { ModelServer } from "../support/model-server.js";
import { createPhone, MemoryStorage } from "../support/surroundings.js";

const TYPE = "audio/webm;codecs=opus";

/** Room for what letters store; counts what would be on the disk. */
class LetterStorage extends MemoryStorage {
  stores = /** @type {any} */ ({ letters: new Map(), pieces: new Map() });
  full = false;

  async write(changes) {
    if (this.full) throw new StorageFullError();
    return super.write(changes);
  }
}

/** A phone, and how to open its letters in one more tab. */
function newPhone(own) {
  const phone = createPhone(own);
  const storage = new LetterStorage();
  const openTab = async () => {
    const vault = await openVault(phone.tab());
    return { vault, letters: new Letters(vault, storage) };
  };
  return { phone, storage, openTab };
}

const sound = (...bytes) => new Blob([Uint8Array.from(bytes)]);

/** A letter of three pieces, not let go of. */
async function speak(letters) {
  const take = await letters.begin(TYPE);
  await Promise.all([
    take.add(sound(1, 2), 1000),
    take.add(sound(3), 2000),
    take.add(sound(4, 5, 6), 2600),
  ]);
  return take;
}

async function keep(letters, name = "To me") {
  const take = await speak(letters);
  await take.stop(2700);
  await letters.change(take.letter.id, { name, state: "kept" });
  take.release();
  return take.letter.id;
}

const bytesOf = async (letters, id) => (await letters.read(id)).sound.flatMap((one) => [...one]);

test("what was spoken comes back whole and in order, in another tab too", async () => {
  const { openTab } = newPhone();
  const id = await keep((await openTab()).letters);

  const { letters } = await openTab();

  const { letter } = await letters.read(id);
  assert.deepEqual(await bytesOf(letters, id), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(
    { ...letter, created: 0 },
    { id, name: "To me", created: 0, ms: 2700, type: TYPE, pieces: 3, bytes: 6, state: "kept" },
  );
});

test("nothing of it can be read in storage", async () => {
  const { openTab, storage } = newPhone();
  const name = "marmalade";
  const { letters } = await openTab();
  const take = await letters.begin(TYPE);
  const spoken = new TextEncoder().encode("marmalade".repeat(20));
  await take.add(new Blob([spoken]), 1000);
  await letters.change(take.letter.id, { name });

  const stored = [...storage.stores.letters.values(), ...storage.stores.pieces.values()];

  for (const bytes of stored) assert.ok(!Buffer.from(bytes).includes(name));
});

test("a letter that is being spoken is nobody else's to finish", async () => {
  const { openTab } = newPhone();
  await speak((await openTab()).letters);

  const { kept, unfinished } = await (await openTab()).letters.list();

  assert.deepEqual([kept, unfinished], [[], []]);
});

test("a letter that was cut off is offered with all that was stored", async () => {
  const { openTab } = newPhone();
  const take = await speak((await openTab()).letters);
  // As a browser lets go of the locks of a tab that died.
  take.release();

  const { letters } = await openTab();
  const { unfinished } = await letters.list();

  assert.deepEqual(
    unfinished.map(({ state, ms, pieces }) => ({ state, ms, pieces })),
    [{ state: "recording", ms: 2600, pieces: 3 }],
  );
  assert.deepEqual(await bytesOf(letters, take.letter.id), [1, 2, 3, 4, 5, 6]);
});

test("when there is no room left, what was stored stays, with no gap in it", async () => {
  const { openTab, storage } = newPhone();
  const { letters } = await openTab();
  const take = await speak(letters);
  storage.full = true;

  await assert.rejects(take.add(sound(7), 3600), StorageFullError);

  storage.full = false;
  await assert.rejects(take.add(sound(8), 4600), StorageFullError);
  await take.stop(2600);
  assert.equal(take.letter.ms, 2600);
  assert.deepEqual(await bytesOf(letters, take.letter.id), [1, 2, 3, 4, 5, 6]);
});

test("kept letters are listed newest first", async () => {
  const { openTab, phone } = newPhone();
  const { letters } = await openTab();
  await keep(letters, "older");
  phone.clock.time += 1000;
  await keep(letters, "newer");

  const { kept } = await letters.list();

  assert.deepEqual(
    kept.map(({ name }) => name),
    ["newer", "older"],
  );
});

test("a removed letter leaves nothing behind, and the others alone", async () => {
  const { openTab, storage } = newPhone();
  const { letters } = await openTab();
  const [id, other] = [await keep(letters), await keep(letters)];

  await letters.remove(id);

  assert.deepEqual([...storage.stores.letters.keys()], [other]);
  assert.equal(storage.stores.pieces.size, 3);
  await assert.rejects(letters.read(id), LetterMissingError);
});

test("pieces that changed places don't open", async () => {
  const { openTab, storage } = newPhone();
  const { letters } = await openTab();
  const [id, other] = [await keep(letters), await keep(letters)];
  const { pieces } = storage.stores;
  const first = pieces.get(`${id}/0`);

  pieces.set(`${id}/0`, pieces.get(`${id}/1`));
  await assert.rejects(letters.read(id), { code: "unreadable" });
  pieces.set(`${id}/0`, pieces.get(`${other}/0`));
  await assert.rejects(letters.read(id), { code: "unreadable" });
  pieces.delete(`${id}/0`);
  await assert.rejects(letters.read(id), { code: "unreadable" });
  pieces.set(`${id}/0`, first);
  assert.equal((await bytesOf(letters, id)).length, 6);
});

test("another phone's key opens nothing, and what can't be read can be removed", async () => {
  const mine = newPhone();
  const id = await keep((await mine.openTab()).letters);
  const { vault } = await newPhone().openTab();
  const letters = new Letters(vault, mine.storage);

  assert.deepEqual(await letters.list(), { kept: [], unfinished: [], unreadable: [id] });
  await letters.remove(id);

  assert.equal(mine.storage.stores.pieces.size, 0);
});

test("letters open after the phone has taken the words of a backup", async () => {
  const server = new ModelServer();
  const other = newPhone({ fetch: server.fetch, baseUrl: "http://model" });
  const theirs = await openBackup((await other.openTab()).vault);
  await theirs.switchOn();
  const { openTab } = newPhone({ fetch: server.fetch, baseUrl: "http://model" });
  const { vault, letters } = await openTab();
  const id = await keep(letters);
  const backup = await openBackup(vault);

  await backup.restore((await theirs.words()).join(" "));

  assert.deepEqual(await bytesOf((await openTab()).letters, id), [1, 2, 3, 4, 5, 6]);
  assert.equal((await letters.list()).kept.length, 1);
  for (const one of [theirs, backup]) one.close();
});
