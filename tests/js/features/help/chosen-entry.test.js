import "../../support/english-page.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { openVault } from "../../../../static/js/data/entries.js";
import { merge } from "../../../../static/js/data/entry.js";
import { Choices } from "../../../../static/js/features/help/chosen-entry.js";
import { createPhone } from "../../support/surroundings.js";

/** @param {any} phone */
async function tabOf(phone) {
  const vault = await openVault(phone.tab());
  return { vault, choices: new Choices(async () => vault) };
}

/** Brings what one phone wrote to another, as sync does. @param {any} from @param {any} to */
async function bring(from, to) {
  const { states } = await from.store.all();
  for (const [id, state] of states) {
    await to.store.update([id], (stored) => (stored ? merge(stored, state) : state));
  }
}

test("nothing chosen is no entry", async () => {
  const { choices, vault } = await tabOf(createPhone());

  assert.equal(await choices.look(), null);
  assert.deepEqual((await vault.list()).entries, []);
});

test("a choice is there after the app was closed", async () => {
  const phone = createPhone();
  await (await tabOf(phone)).choices.write(["two", "one"]);

  const found = await (await tabOf(phone)).choices.look();

  assert.deepEqual([found?.slugs, found?.versions.length], [["two", "one"], 1]);
});

test("choosing again changes the same entry", async () => {
  const { choices, vault } = await tabOf(createPhone());
  await choices.write(["one"]);

  await choices.write(["two"]);

  assert.equal((await vault.list()).entries.length, 1);
  assert.deepEqual((await choices.look())?.slugs, ["two"]);
});

test("taps that come fast make one entry, and the last of them counts", async () => {
  const { choices, vault } = await tabOf(createPhone());

  await Promise.all([choices.write(["one"]), choices.write(["two"]), choices.write(["three"])]);

  assert.equal((await vault.list()).entries.length, 1);
  assert.deepEqual((await choices.look())?.slugs, ["three"]);
});

test("going back to the usual ones is a choice too", async () => {
  const { choices } = await tabOf(createPhone());
  await choices.write(["one"]);

  await choices.write([]);

  assert.deepEqual((await choices.look())?.slugs, []);
});

test("what two phones chose apart is both there, and choosing leaves one entry", async () => {
  const [here, there] = [await tabOf(createPhone()), await tabOf(createPhone())];
  await here.choices.write(["one"]);
  await there.choices.write(["two"]);
  await bring(there.vault, here.vault);

  const found = await here.choices.look();
  const values = found?.versions.map(({ value }) => value) ?? [];
  await here.choices.choose(["one"], values);

  assert.deepEqual(new Set(values.flat()), new Set(["one", "two"]));
  const after = await here.choices.look();
  assert.deepEqual([after?.slugs, after?.versions.length], [["one"], 1]);
  assert.equal((await here.vault.list()).entries.length, 1);
});

test("a choice between two phones can be taken back", async () => {
  const [here, there] = [await tabOf(createPhone()), await tabOf(createPhone())];
  await here.choices.write(["one"]);
  await there.choices.write(["two"]);
  await bring(there.vault, here.vault);
  const values = (await here.choices.look())?.versions.map(({ value }) => value) ?? [];
  await here.choices.choose(["one"], values);

  await here.choices.unchoose(values, ["one"]);

  assert.equal((await here.choices.look())?.versions.length, 2);
});

test("the same chosen on two phones is nothing to ask about", async () => {
  const [here, there] = [await tabOf(createPhone()), await tabOf(createPhone())];
  await here.choices.write(["one"]);
  await there.choices.write(["one"]);
  await bring(there.vault, here.vault);

  assert.equal((await here.choices.look())?.versions.length, 1);

  await here.choices.write(["two"]);

  assert.equal((await here.choices.look())?.versions.length, 1);
});
