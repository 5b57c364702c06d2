import assert from "node:assert/strict";
import test from "node:test";
import { openVault } from "../../../static/js/data/entries.js";
import { checkState } from "../../../static/js/data/check-state.js";
import { createPhone, settle } from "../support/surroundings.js";

const ABOUT = { kind: "worksheet", worksheet: "three-circles", revision: 2, locale: "pl" };

async function open(own) {
  const phone = createPhone(own);
  return { phone, vault: await openVault(phone.tab()) };
}

const valuesOf = (entry, name) => entry.fields[name].map(({ value }) => value);

test("an entry is nowhere before its first write", async () => {
  const { phone, vault } = await open();

  vault.create(ABOUT);

  assert.deepEqual((await vault.list()).entries, []);
  assert.equal(phone.storage.stores.keys.size, 0);
});

test("what was written is read back in the next visit", async () => {
  const { phone, vault } = await open();
  const { id } = vault.create(ABOUT);
  await vault.write(id, { calms: "tea", drive: 40, parts: ["a", { b: 1 }] });
  vault.close();

  const again = await openVault(phone.tab());
  const entry = await again.read(id);

  assert.partialDeepStrictEqual(entry, { id, ...ABOUT, conflicts: [] });
  assert.deepEqual(valuesOf(entry, "calms"), ["tea"]);
  assert.deepEqual(valuesOf(entry, "parts"), [["a", { b: 1 }]]);
  assert.equal(entry.fields.calms[0].here, true);
});

test("no word, worksheet or field name can be found in storage", async () => {
  const { phone, vault } = await open();
  const { id } = vault.create(ABOUT);
  await vault.write(id, { calms: "lemon balm" });

  const bytes = Buffer.from(phone.storage.stores.entries.get(id));

  for (const word of ["lemon", "calms", "three-circles", "worksheet"]) {
    assert.equal(bytes.indexOf(word), -1);
  }
});

test("the list has the last changed entry first, with its counts", async () => {
  const { phone, vault } = await open();
  const { id: first } = vault.create(ABOUT);
  await vault.write(first, { calms: "tea", drive: 40 });
  await phone.clock.pass(1_000);
  const { id: second } = vault.create({ kind: "note" });
  await vault.write(second, { text: "walked" });
  await phone.clock.pass(1_000);
  await vault.write(first, { calms: "" });

  const { entries } = await vault.list();

  assert.deepEqual(
    entries.map(({ id, filled, conflicts, changed }) => ({ id, filled, conflicts, changed })),
    [
      { id: first, filled: 1, conflicts: 0, changed: phone.clock.time },
      { id: second, filled: 1, conflicts: 0, changed: phone.clock.time - 1_000 },
    ],
  );
});

test("changing what was read changes nothing that is stored", async () => {
  const { vault } = await open();
  const { id } = vault.create(ABOUT);
  const values = { parts: ["a"] };
  await vault.write(id, values);

  values.parts.push("b");
  (await vault.read(id)).fields.parts[0].value.push("c");

  assert.deepEqual(valuesOf(await vault.read(id), "parts"), [["a"]]);
});

test("writing what is there already changes nothing", async () => {
  const { phone, vault } = await open();
  const { id } = vault.create(ABOUT);
  const { changed } = await vault.write(id, { calms: "tea" });
  await phone.clock.pass(1_000);

  const again = await vault.write(id, { calms: "tea", threat: "" });

  assert.equal(again.changed, changed);
  assert.deepEqual(Object.keys(again.fields), ["calms"]);
});

test("emptying a field is a write", async () => {
  const { vault } = await open();
  const { id } = vault.create(ABOUT);
  await vault.write(id, { calms: "tea" });

  assert.deepEqual(valuesOf(await vault.write(id, { calms: "" }), "calms"), [""]);
});

test("a value that isn't JSON is refused", async () => {
  const { vault } = await open();
  const { id } = vault.create(ABOUT);

  await assert.rejects(vault.write(id, { calms: undefined }), TypeError);
});

test("an entry that nobody made can't be read or written", async () => {
  const { vault } = await open();
  const missing = {
    name: "EntryMissingError",
    code: "entry_missing",
    id: "AAAAAAAAAAAAAAAAAAAAAA",
  };

  await assert.rejects(vault.read(missing.id), missing);
  await assert.rejects(vault.write(missing.id, { calms: "tea" }), missing);
  await assert.rejects(vault.remove(missing.id), missing);
});

test("a few entries are had without opening the others", async () => {
  const phone = createPhone();
  const vault = await openVault(phone.tab());
  const ids = [];
  for (const words of ["one", "two", "three"]) {
    const { id } = vault.create({ kind: "worksheet" });
    await vault.write(id, { words });
    ids.push(id);
    phone.clock.time += 1000;
  }
  await vault.remove(ids[1]);

  const some = await (await openVault(phone.tab())).peek([ids[0], ids[1], ids[2], "gone"]);

  assert.deepEqual(
    some.map(({ id }) => id),
    [ids[2], ids[0]],
  );
});

test("entries that can't be read are named and the rest is listed", async () => {
  const { phone, vault } = await open();
  const { id: good } = vault.create(ABOUT);
  await vault.write(good, { calms: "tea" });
  const { id: torn } = vault.create(ABOUT);
  await vault.write(torn, { calms: "tea" });
  phone.storage.stores.entries.set(torn, new Uint8Array(40));

  const { entries, unreadable } = await (await openVault(phone.tab())).list();

  assert.deepEqual(
    entries.map(({ id }) => id),
    [good],
  );
  assert.deepEqual(unreadable, [torn]);
});

test("the browser is asked once a visit to keep what is stored", async () => {
  let asked = 0;
  const { vault } = await open({ persist: () => (asked += 1) });
  const { id } = vault.create(ABOUT);

  await vault.write(id, { calms: "tea" });
  await vault.write(id, { calms: "tea and cake" });

  assert.equal(asked, 1);
});

async function openTwoTabs() {
  const phone = createPhone();
  const [one, two] = [await openVault(phone.tab()), await openVault(phone.tab())];
  const { id } = one.create(ABOUT);
  await one.write(id, { calms: "tea" });
  await two.read(id);
  await phone.clock.pass(1_000);
  return { phone, one, two, id };
}

test("tabs that write different fields keep both", async () => {
  const { one, two, id } = await openTwoTabs();

  await Promise.all([one.write(id, { threat: "work" }), two.write(id, { drive: 3 })]);

  const { fields, conflicts } = await one.read(id);
  assert.deepEqual(Object.keys(fields).sort(), ["calms", "drive", "threat"]);
  assert.deepEqual(conflicts, []);
});

test("a tab that did not see another tab's value keeps it beside its own", async () => {
  const { one, two, id } = await openTwoTabs();

  await one.write(id, { calms: "tea and cake" });
  const entry = await two.write(id, { calms: "a walk" });

  assert.deepEqual(valuesOf(entry, "calms").sort(), ["a walk", "tea and cake"]);
  assert.deepEqual(entry.conflicts, ["calms"]);
});

test("typing on beside another tab's value leaves it alone", async () => {
  const { one, two, id } = await openTwoTabs();
  await one.write(id, { calms: "tea and cake" });

  await two.write(id, { calms: "a wal" });
  const entry = await two.write(id, { calms: "a walk" });

  assert.deepEqual(valuesOf(entry, "calms").sort(), ["a walk", "tea and cake"]);
});

test("a tab that has read another tab's value replaces it", async () => {
  const { one, two, id } = await openTwoTabs();
  await one.write(id, { calms: "tea and cake" });

  await two.read(id);
  const entry = await two.write(id, { calms: "a walk" });

  assert.deepEqual(valuesOf(entry, "calms"), ["a walk"]);
});

test("a form that names what it held keeps what it did not hold, even after reading it", async () => {
  const { one, two, id } = await openTwoTabs();
  await one.write(id, { calms: "tea and cake" });
  await two.read(id);

  const entry = await two.write(id, { calms: "tea?" }, { calms: "tea" });

  assert.deepEqual(valuesOf(entry, "calms").sort(), ["tea and cake", "tea?"]);
});

test("a form that names what it held replaces just that", async () => {
  const { two, id } = await openTwoTabs();

  const entry = await two.write(
    id,
    { calms: "tea?", threat: "work" },
    { calms: "tea", threat: null },
  );

  assert.deepEqual(valuesOf(entry, "calms"), ["tea?"]);
  assert.deepEqual(entry.conflicts, []);
});

test("two tabs that write the same leave nothing to choose from", async () => {
  const { one, two, id } = await openTwoTabs();
  await one.write(id, { calms: "a walk" });

  const entry = await two.write(id, { calms: "a walk" });

  assert.deepEqual(valuesOf(entry, "calms"), ["a walk"]);
  assert.deepEqual(entry.conflicts, []);
});

async function openConflict() {
  const tabs = await openTwoTabs();
  await tabs.one.write(tabs.id, { calms: "tea and cake" });
  await tabs.phone.clock.pass(1_000);
  await tabs.two.write(tabs.id, { calms: "a walk" });
  return tabs;
}

test("the newest of two versions comes first", async () => {
  const { one, id } = await openConflict();

  assert.deepEqual(valuesOf(await one.read(id), "calms"), ["a walk", "tea and cake"]);
});

test("choosing one of two versions ends the conflict", async () => {
  const { one, two, id } = await openConflict();
  await one.read(id);

  const entry = await one.choose(id, "calms", "tea and cake");

  assert.deepEqual(valuesOf(entry, "calms"), ["tea and cake"]);
  assert.deepEqual((await two.read(id)).conflicts, []);
});

test("a version that arrived after the reader looked survives the choice", async () => {
  const { one, two, id } = await openConflict();
  const shown = valuesOf(await one.read(id), "calms");
  await two.write(id, { calms: "a nap" });
  await one.read(id);

  const entry = await one.choose(id, "calms", "tea and cake, a walk", shown);

  assert.deepEqual(valuesOf(entry, "calms").sort(), ["a nap", "tea and cake, a walk"]);
});

test("two tabs that found the installation at once have one secret and one actor", async () => {
  const phone = createPhone();
  const tabs = await Promise.all([openVault(phone.tab()), openVault(phone.tab())]);

  await Promise.all(tabs.map((vault) => vault.write(vault.create(ABOUT).id, { calms: "tea" })));

  for (const vault of tabs) {
    const { entries, unreadable } = await vault.list();
    assert.equal(entries.length, 2);
    assert.deepEqual(unreadable, []);
  }
});

test("a change is heard in its own tab and in the others", async () => {
  const { one, two, id } = await openTwoTabs();
  const heard = [];
  one.onChange((change) => heard.push(["one", change]));
  const stop = two.onChange((change) => heard.push(["two", change]));

  await one.write(id, { calms: "a walk" });
  await settle();
  stop();
  await one.write(id, { calms: "a nap" });
  await settle();

  assert.deepEqual(heard, [
    ["one", { ids: [id], source: "here" }],
    ["two", { ids: [id], source: "tab" }],
    ["one", { ids: [id], source: "here" }],
  ]);
});

test("a page out of the back-forward cache is told that anything may have changed", async () => {
  const { phone, vault } = await open();
  const heard = [];
  vault.onChange((change) => heard.push(change));

  phone.wake("pageshow");

  assert.deepEqual(heard, [{ ids: null, source: "tab" }]);
});

test("a duplicate has the same content, two versions included, and lives on its own", async () => {
  const { one, id } = await openConflict();
  await one.write(id, { threat: "work" });

  const copy = await one.duplicate(id);
  await one.write(copy.id, { threat: "exams" });

  assert.notEqual(copy.id, id);
  assert.partialDeepStrictEqual(copy, ABOUT);
  assert.deepEqual(valuesOf(copy, "calms"), ["a walk", "tea and cake"]);
  assert.deepEqual(valuesOf(await one.read(id), "threat"), ["work"]);
});

test("the export holds everything that isn't deleted, as states that can be merged again", async () => {
  const { phone, one, id } = await openConflict();
  const { id: gone } = one.create(ABOUT);
  await one.write(gone, { calms: "secret" });
  await one.remove(gone);

  const file = JSON.parse(JSON.stringify(await one.exportAll()));

  assert.equal(file.format, "hearth-export");
  assert.equal(file.version, 1);
  assert.equal(file.exported, new Date(phone.clock.time).toISOString());
  assert.deepEqual(
    file.entries.map((entry) => entry.id),
    [id],
  );
  assert.doesNotThrow(() => checkState(file.entries[0]));
});
