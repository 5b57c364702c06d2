import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import test from "node:test";
import { openBackup } from "../../../static/js/data/backup.js";
import { openVault } from "../../../static/js/data/entries.js";
import { VoiceNoteMissingError } from "../../../static/js/data/errors.js";
import { StorageFullError } from "../../../static/js/platform/errors.js";
import { VoiceNotes } from "../../../static/js/data/voice-notes.js";
import { ModelServer } from "../support/model-server.js";
import { createPhone, MemoryStorage } from "../support/surroundings.js";

const TYPE = "audio/webm;codecs=opus";

/** Storage with the stores of voice notes, under the names that phones have. It can be full. */
class VoiceNoteStorage extends MemoryStorage {
  stores = /** @type {any} */ ({ letters: new Map(), pieces: new Map() });
  full = false;

  async write(changes) {
    if (this.full) throw new StorageFullError();
    return super.write(changes);
  }
}

/** Return a phone, its storage of voice notes, and a function that opens one more tab. */
function newPhone(own) {
  const phone = createPhone(own);
  const storage = new VoiceNoteStorage();
  const openTab = async () => {
    const vault = await openVault(phone.tab());
    return { vault, voiceNotes: new VoiceNotes(vault, storage) };
  };
  return { phone, storage, openTab };
}

const sound = (...bytes) => new Blob([Uint8Array.from(bytes)]);

/** Record a voice note of three pieces, and keep its lock. */
async function speak(voiceNotes) {
  const take = await voiceNotes.begin(TYPE);
  await Promise.all([
    take.add(sound(1, 2), 1000),
    take.add(sound(3), 2000),
    take.add(sound(4, 5, 6), 2600),
  ]);
  return take;
}

async function keep(voiceNotes, name = "To me") {
  const take = await speak(voiceNotes);
  await take.stop(2700);
  await voiceNotes.change(take.voiceNote.id, { name, state: "kept" });
  take.release();
  return take.voiceNote.id;
}

const bytesOf = async (voiceNotes, id) =>
  (await voiceNotes.read(id)).sound.flatMap((one) => [...one]);

test("what was spoken comes back whole and in order, in another tab too", async () => {
  const { openTab } = newPhone();
  const id = await keep((await openTab()).voiceNotes);

  const { voiceNotes } = await openTab();

  const { voiceNote } = await voiceNotes.read(id);
  assert.deepEqual(await bytesOf(voiceNotes, id), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(
    { ...voiceNote, created: 0 },
    { id, name: "To me", created: 0, ms: 2700, type: TYPE, pieces: 3, bytes: 6, state: "kept" },
  );
});

test("nothing of it can be read in storage", async () => {
  const { openTab, storage } = newPhone();
  const name = "marmalade";
  const { voiceNotes } = await openTab();
  const take = await voiceNotes.begin(TYPE);
  const spoken = new TextEncoder().encode("marmalade".repeat(20));
  await take.add(new Blob([spoken]), 1000);
  await voiceNotes.change(take.voiceNote.id, { name });

  const stored = [...storage.stores.letters.values(), ...storage.stores.pieces.values()];

  for (const bytes of stored) assert.ok(!Buffer.from(bytes).includes(name));
});

test("a voice note that another tab records is not listed", async () => {
  const { openTab } = newPhone();
  await speak((await openTab()).voiceNotes);

  const { kept, unfinished } = await (await openTab()).voiceNotes.list();

  assert.deepEqual([kept, unfinished], [[], []]);
});

test("a voice note that was cut off is offered with all that was stored", async () => {
  const { openTab } = newPhone();
  const take = await speak((await openTab()).voiceNotes);
  // The browser releases the locks of a tab that died.
  take.release();

  const { voiceNotes } = await openTab();
  const { unfinished } = await voiceNotes.list();

  assert.deepEqual(
    unfinished.map(({ state, ms, pieces }) => ({ state, ms, pieces })),
    [{ state: "recording", ms: 2600, pieces: 3 }],
  );
  assert.deepEqual(await bytesOf(voiceNotes, take.voiceNote.id), [1, 2, 3, 4, 5, 6]);
});

test("sound that doesn't fit gets the room of what matters less, as other words do", async (t) => {
  const { phone } = newPhone();
  let isFull = true;
  const makeRoom = async () => isFull && !(isFull = false);
  const vault = await openVault({ ...phone.tab(), makeRoom });
  const { put } = IDBObjectStore.prototype;
  t.after(() => (IDBObjectStore.prototype.put = put));
  const voiceNotes = new VoiceNotes(vault);
  t.after(() => voiceNotes.close());
  IDBObjectStore.prototype.put = function (...args) {
    if (isFull) throw new DOMException("Full", "QuotaExceededError");
    return put.apply(this, args);
  };

  const id = await keep(voiceNotes);

  assert.deepEqual(await bytesOf(voiceNotes, id), [1, 2, 3, 4, 5, 6]);
});

test("when there is no room left, what was stored stays, with no gap in it", async () => {
  const { openTab, storage } = newPhone();
  const { voiceNotes } = await openTab();
  const take = await speak(voiceNotes);
  storage.full = true;

  await assert.rejects(take.add(sound(7), 3600), StorageFullError);

  storage.full = false;
  await assert.rejects(take.add(sound(8), 4600), StorageFullError);
  await take.stop(2600);
  assert.equal(take.voiceNote.ms, 2600);
  assert.deepEqual(await bytesOf(voiceNotes, take.voiceNote.id), [1, 2, 3, 4, 5, 6]);
});

test("kept voice notes are listed newest first", async () => {
  const { openTab, phone } = newPhone();
  const { voiceNotes } = await openTab();
  await keep(voiceNotes, "older");
  phone.clock.time += 1000;
  await keep(voiceNotes, "newer");

  const { kept } = await voiceNotes.list();

  assert.deepEqual(
    kept.map(({ name }) => name),
    ["newer", "older"],
  );
});

test("a voice note from a time when the clock was years ahead doesn't stay the newest", async () => {
  const { openTab, phone } = newPhone();
  const { voiceNotes } = await openTab();
  const today = phone.clock.time;
  phone.clock.time = Date.UTC(2099, 2, 1);
  await keep(voiceNotes, "ahead");
  phone.clock.time = today;
  await keep(voiceNotes, "today");

  const { kept } = await voiceNotes.list();

  assert.deepEqual(
    kept.map(({ name }) => name),
    ["today", "ahead"],
  );
});

test("a removed voice note leaves nothing behind, and the others stay", async () => {
  const { openTab, storage } = newPhone();
  const { voiceNotes } = await openTab();
  const [id, other] = [await keep(voiceNotes), await keep(voiceNotes)];

  await voiceNotes.remove(id);

  assert.deepEqual([...storage.stores.letters.keys()], [other]);
  assert.equal(storage.stores.pieces.size, 3);
  await assert.rejects(voiceNotes.read(id), VoiceNoteMissingError);
});

test("pieces that changed places don't open", async () => {
  const { openTab, storage } = newPhone();
  const { voiceNotes } = await openTab();
  const [id, other] = [await keep(voiceNotes), await keep(voiceNotes)];
  const { pieces } = storage.stores;
  const first = pieces.get(`${id}/0`);

  pieces.set(`${id}/0`, pieces.get(`${id}/1`));
  await assert.rejects(voiceNotes.read(id), { code: "unreadable" });
  pieces.set(`${id}/0`, pieces.get(`${other}/0`));
  await assert.rejects(voiceNotes.read(id), { code: "unreadable" });
  pieces.delete(`${id}/0`);
  await assert.rejects(voiceNotes.read(id), { code: "unreadable" });
  pieces.set(`${id}/0`, first);
  assert.equal((await bytesOf(voiceNotes, id)).length, 6);
});

test("another phone's key opens nothing, and what can't be read can be removed", async () => {
  const mine = newPhone();
  const id = await keep((await mine.openTab()).voiceNotes);
  const { vault } = await newPhone().openTab();
  const voiceNotes = new VoiceNotes(vault, mine.storage);

  assert.deepEqual(await voiceNotes.list(), { kept: [], unfinished: [], unreadable: [id] });
  await voiceNotes.remove(id);

  assert.equal(mine.storage.stores.pieces.size, 0);
});

test("voice notes open after the phone has taken the words of a backup", async () => {
  const server = new ModelServer();
  const other = newPhone({ fetch: server.fetch, baseUrl: "http://model" });
  const theirs = await openBackup((await other.openTab()).vault);
  await theirs.switchOn();
  const { openTab } = newPhone({ fetch: server.fetch, baseUrl: "http://model" });
  const { vault, voiceNotes } = await openTab();
  const id = await keep(voiceNotes);
  const backup = await openBackup(vault);

  await backup.restore((await theirs.words()).join(" "));

  assert.deepEqual(await bytesOf((await openTab()).voiceNotes, id), [1, 2, 3, 4, 5, 6]);
  assert.equal((await voiceNotes.list()).kept.length, 1);
  for (const one of [theirs, backup]) one.close();
});
