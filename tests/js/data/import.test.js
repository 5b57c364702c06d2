import assert from "node:assert/strict";
import test from "node:test";
import { openVault } from "../../../static/js/data/entries.js";
import { bringIn, previewImport } from "../../../static/js/data/import.js";
import { checkSize, readImport } from "../../../static/js/data/import-file.js";
import { StorageFullError } from "../../../static/js/platform/errors.js";
import { createPhone, MemoryStorage } from "../support/surroundings.js";

const ABOUT = { kind: "worksheet", worksheet: "three-circles", revision: 1, locale: "en" };
const ACTOR = "AAAAAAAAAAA";

/** A phone with one open tab. */
async function openPhone(own) {
  const phone = createPhone(own);
  return { phone, vault: await openVault(phone.tab()) };
}

/** Writes a note and returns its id. */
async function write(vault, calms) {
  const { id } = vault.create(ABOUT);
  await vault.write(id, { calms });
  return id;
}

/** The file that a phone saves, as text. */
const fileOf = async (vault) => `${JSON.stringify(await vault.exportAll(), null, 2)}\n`;

/** What a phone says and then does about a file. */
async function bring(vault, text, again = []) {
  const { entries } = readImport(text);
  const preview = await previewImport(vault, entries);
  return { preview, ids: await bringIn(vault, entries, new Set(again)) };
}

/** The newest words of all notes. */
async function wordsOf(vault) {
  const { entries } = await vault.exportAll();
  return entries.map(({ fields }) => fields.calms?.map(({ value }) => value).join()).sort();
}

/** An entry of a file, by an id that ends in a letter. */
const entry = (letter = "A", more = {}) => ({
  id: `AAAAAAAAAAAAAAAAAAAA${letter}A`,
  ...ABOUT,
  created: "2026-01-01T00:00:00.000Z",
  seen: { [ACTOR]: 5 },
  fields: { calms: [{ value: "tea", actor: ACTOR, counter: 5 }] },
  deleted: false,
  ...more,
});

const file = (entries, more = {}) =>
  JSON.stringify({ format: "hearth-export", version: 1, entries, unreadable: [], ...more });

test("notes come back on a phone that has nothing", async () => {
  const [{ vault: old }, { vault }] = [await openPhone(), await openPhone()];
  const id = await write(old, "tea");

  const { preview } = await bring(vault, await fileOf(old));

  assert.deepEqual(preview, { added: [id], changed: [], known: [], deleted: [] });
  assert.deepEqual((await vault.exportAll()).entries, (await old.exportAll()).entries);
});

test("the preview changes nothing", async () => {
  const storage = new MemoryStorage();
  const { vault } = await openPhone({ storage });
  await write(vault, "tea");
  const before = structuredClone(storage.stores);

  await previewImport(vault, readImport(file([entry()])).entries);

  assert.deepEqual(storage.stores, before);
});

test("bringing a file in twice adds nothing", async () => {
  const [{ vault: old }, { vault }] = [await openPhone(), await openPhone()];
  const id = await write(old, "tea");
  const text = await fileOf(old);
  await bring(vault, text);

  const { preview, ids } = await bring(vault, text);

  assert.deepEqual([preview.known, ids], [[id], []]);
});

test("newer words of the file come in, and older ones change nothing", async () => {
  const [{ vault: old }, { vault }] = [await openPhone(), await openPhone()];
  const id = await write(old, "tea");
  const early = await fileOf(old);
  await bring(vault, early);
  await old.write(id, { calms: "a walk" });
  const late = await fileOf(old);

  const newer = await bring(vault, late);
  const older = await bring(vault, early);

  assert.deepEqual([newer.preview.changed, older.preview.known], [[id], [id]]);
  assert.deepEqual(await wordsOf(vault), ["a walk"]);
});

test("words that didn't know of each other both stay", async () => {
  const [{ vault: old }, { vault }] = [await openPhone(), await openPhone()];
  const id = await write(old, "tea");
  await bring(vault, await fileOf(old));
  await old.write(id, { calms: "a walk" });
  await vault.write(id, { calms: "music" });

  await bring(vault, await fileOf(old));

  assert.deepEqual((await vault.read(id)).conflicts, ["calms"]);
});

test("what was deleted here stays deleted, even while that can be undone", async () => {
  const { phone, vault } = await openPhone();
  const ids = [await write(vault, "tea"), await write(vault, "a walk")];
  const text = await fileOf(vault);
  await vault.remove(ids[0]);
  await phone.clock.pass(60_000);
  await vault.remove(ids[1]);

  const { preview } = await bring(vault, text);

  assert.deepEqual(preview, { added: [], changed: [], known: [], deleted: ids });
  assert.deepEqual(await wordsOf(vault), []);
});

test("what was deleted here comes back as a new note when it is wanted", async () => {
  const { phone, vault } = await openPhone();
  const id = await write(vault, "tea");
  const text = await fileOf(vault);
  await vault.remove(id);
  await phone.clock.pass(60_000);

  const { ids } = await bring(vault, text, [id]);

  assert.equal(ids.length, 1);
  assert.notEqual(ids[0], id);
  assert.deepEqual(await wordsOf(vault), ["tea"]);
});

test("a note that can't be opened here is opened again by its copy in the file", async () => {
  const storage = new MemoryStorage();
  const { phone, vault } = await openPhone({ storage });
  const id = await write(vault, "tea");
  const text = await fileOf(vault);
  storage.stores.entries.get(id)[20] ^= 1;
  const tab = await openVault(phone.tab());

  const { preview } = await bring(tab, text);

  assert.deepEqual(preview.added, [id]);
  assert.deepEqual(await wordsOf(tab), ["tea"]);
});

test("a phone without room changes nothing", async () => {
  const storage = new MemoryStorage();
  const { vault } = await openPhone({ storage });
  await write(vault, "tea");
  const before = structuredClone(storage.stores);
  storage.write = async () => {
    throw new StorageFullError();
  };

  const bringing = bring(vault, file([entry("A"), entry("B")]));

  await assert.rejects(bringing, StorageFullError);
  assert.deepEqual(storage.stores, before);
});

test("a thousand notes are stored in one write", async () => {
  const storage = new MemoryStorage();
  const { vault } = await openPhone({ storage });
  const ids = Array.from({ length: 1000 }, (_, index) => String(index).padStart(4, "0"));
  const text = file(ids.map((id) => entry("A", { id: `AAAAAAAAAAAAAAAAA${id}A` })));
  let writes = 0;
  const original = storage.write.bind(storage);
  storage.write = (changes) => {
    writes += 1;
    return original(changes);
  };

  const brought = await bring(vault, text);

  assert.deepEqual([brought.ids.length, writes], [1000, 1]);
});

test("an entry of a newer version comes in as it is", async () => {
  const { vault } = await openPhone();
  const unknown = entry("A", { kind: "dream", worksheet: undefined, mood: { blue: [1] } });

  await bring(vault, file([unknown]));

  const [stored] = (await vault.exportAll()).entries;
  assert.deepEqual(stored, JSON.parse(JSON.stringify(unknown)));
});

test("entries that belong to a backup, or are deleted in the file, are left out", () => {
  const kinds = ["removed", "contents", "phones"].map((kind, index) =>
    entry("ABC"[index], { kind }),
  );

  const { entries, unread } = readImport(
    file([...kinds, entry("D", { deleted: true, fields: {} })]),
  );

  assert.equal(entries.size, 0);
  assert.deepEqual(unread, { damaged: 0, large: 0, future: 0, sealed: 0 });
});

test("an id that occurs twice is one note", () => {
  const later = entry("A", {
    seen: { [ACTOR]: 6 },
    fields: { calms: [{ value: "a walk", actor: ACTOR, counter: 6 }] },
  });

  const { entries } = readImport(file([later, entry("A")]));

  assert.deepEqual(
    [...entries.values()].map(({ fields }) => fields.calms[0].value),
    ["a walk"],
  );
});

test("names that objects inherit are names like others", async () => {
  const { vault } = await openPhone();
  const version = `[{"value": {"__proto__": {"polluted": 1}}, "actor": "__proto__", "counter": 5}]`;
  const text = JSON.stringify(entry("A", { fields: {}, seen: {} }))
    .replace('"fields":{}', `"fields": {"__proto__": ${version}, "constructor": ${version}}`)
    .replace('"seen":{}', '"seen": {"__proto__": 5}');

  await bring(vault, file([]).replace('"entries":[]', `"entries":[${text}]`));

  const [stored] = (await vault.exportAll()).entries;
  assert.deepEqual(Object.keys(stored.fields).sort(), ["__proto__", "constructor"]);
  assert.equal({}.polluted, undefined);
});

const MANY = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, index) => [index, []]));
const DEEP = `${"[".repeat(5000)}${"]".repeat(5000)}`;
const version = (more) => ({ calms: [{ value: "tea", actor: ACTOR, counter: 5, ...more }] });

/** Entries that can't be brought in, and why. */
const unread = {
  "a number instead of an entry": [5, "damaged"],
  "a list instead of an entry": [[], "damaged"],
  "no fields": [entry("A", { fields: undefined }), "damaged"],
  "a field that is no list": [entry("A", { fields: { calms: null } }), "damaged"],
  "a version of no actor": [entry("A", { fields: version({ actor: 1 }) }), "damaged"],
  "a version that nobody has seen": [entry("A", { fields: version({ counter: 6 }) }), "damaged"],
  "a counter that is text": [entry("A", { seen: { [ACTOR]: "5" } }), "damaged"],
  "an id that is too short": [entry("A", { id: "AAAA" }), "damaged"],
  "an id that is a number": [entry("A", { id: 5 }), "damaged"],
  "a worksheet that is a list": [entry("A", { worksheet: ["three-circles"] }), "damaged"],
  "a revision that is text": [entry("A", { revision: "1" }), "damaged"],
  "a language that is none": [entry("A", { locale: "the moon" }), "damaged"],
  "a date that is none": [entry("A", { created: "yesterday" }), "damaged"],
  "a million fields": [entry("A", { fields: MANY }), "large"],
  "many versions of a field": [
    entry("A", { fields: { calms: Array.from({ length: 101 }, () => version().calms[0]) } }),
    "large",
  ],
  "a counter far in the future": [
    entry("A", { seen: { [ACTOR]: Number.MAX_SAFE_INTEGER } }),
    "future",
  ],
  "a date far in the future": [entry("A", { created: "9999-01-01T00:00:00.000Z" }), "future"],
};

for (const [what, [wrong, problem]] of Object.entries(unread)) {
  test(`an entry with ${what} is counted, and the others are read`, () => {
    const { entries, unread } = readImport(file([wrong, entry("B")]));

    assert.deepEqual([...entries.keys()], [entry("B").id]);
    assert.deepEqual(unread, { damaged: 0, large: 0, future: 0, sealed: 0, [problem]: 1 });
  });
}

test("an entry that is nested very deep, or names another prototype, is damaged", () => {
  const deep = JSON.stringify(entry("A")).replace('"tea"', DEEP);
  const other = JSON.stringify(entry("B")).replace("{", '{"__proto__": {"kind": "practice"}, ');

  const { entries, unread } = readImport(
    file([]).replace('"entries":[]', `"entries":[${deep},${other}]`),
  );

  assert.equal(entries.size, 0);
  assert.equal(unread.damaged, 2);
});

test("notes that couldn't be opened when the file was made are counted", () => {
  const { unread } = readImport(file([entry()], { unreadable: ["x", "y"] }));

  assert.equal(unread.sealed, 2);
});

const whole = file([entry()]);

/** Files that can't be read at all, and the code of each. */
const refused = {
  "nothing in it": [" \n", "file_empty"],
  "a photo": ["\u{fffd}PNG\r\n\u001a\n\0\0", "file_foreign"],
  "another program's JSON": ['{"format": "notes", "entries": []}', "file_foreign"],
  "a list": ["[]", "file_foreign"],
  null: ["null", "file_foreign"],
  "the page to read": ['<!doctype html>\n<html lang="en">', "file_to_read"],
  "the file for a clinic": ['{"resourceType": "Bundle", "entry": []}', "file_for_clinic"],
  "its end cut off": [whole.slice(0, -20), "file_damaged"],
  "no entries": ['{"format": "hearth-export", "version": 1}', "file_damaged"],
  "entries that are an object": [file({ length: 1 }), "file_damaged"],
  "no version": [file([], { version: undefined }), "file_damaged"],
  "a newer version": [file([], { version: 2 }), "file_newer"],
  "too many entries": [file(Array.from({ length: 20_001 }, () => 0)), "file_too_many"],
};

for (const [what, [text, code]] of Object.entries(refused)) {
  test(`a file with ${what} is refused as ${code}`, () => {
    assert.throws(() => readImport(text), { code });
  });
}

test("a file of more than 50 MB isn't read", () => {
  assert.throws(() => checkSize(50_000_001), { code: "file_too_large" });
  assert.doesNotThrow(() => checkSize(50_000_000));
});

test("a file that was changed by hand takes no words away", async () => {
  const { vault } = await openPhone();
  await write(vault, "years of work");
  const file = JSON.parse(await fileOf(vault));
  const [changed] = file.entries;
  const [actor] = Object.keys(changed.seen);

  for (const fields of [{}, { calms: [] }]) {
    const seen = { [actor]: changed.seen[actor] + 1_000 };
    await bring(vault, JSON.stringify({ ...file, entries: [{ ...changed, seen, fields }] }));
    assert.deepEqual(await wordsOf(vault), ["years of work"]);
  }
});
