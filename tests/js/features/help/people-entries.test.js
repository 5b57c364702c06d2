import "../../support/english-page.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { openVault } from "../../../../static/js/data/entries.js";
import { merge } from "../../../../static/js/data/entry.js";
import { rowsOf } from "../../../../static/js/answers/rows.js";
import { People } from "../../../../static/js/features/help/people-entries.js";
import { callable } from "../../../../static/js/features/help/phone-number.js";
import { createPhone } from "../../support/surroundings.js";

/** @param {any} [phone] */
async function tabOf(phone = createPhone()) {
  const vault = await openVault(phone.tab());
  return { vault, people: new People(async () => vault) };
}

/** Brings what one phone wrote to another, as sync does. @param {any} from @param {any} to */
async function bring(from, to) {
  const { states } = await from.store.all();
  for (const [id, state] of states) {
    await to.store.update([id], (/** @type {any} */ stored) =>
      stored ? merge(stored, state) : state,
    );
  }
}

/** @param {People} people */
const names = async (people) => (await people.list()).map(({ words }) => words);

test("people are there, in their order, after the app was closed", async () => {
  const phone = createPhone();
  const { people } = await tabOf(phone);
  for (const name of ["Sam", "Mum", "Jo"]) {
    await people.list();
    await people.add(name, "07700 900123");
  }

  assert.deepEqual(await names((await tabOf(phone)).people), ["Sam", "Mum", "Jo"]);
});

test("the order can be changed", async () => {
  const phone = createPhone();
  const { people } = await tabOf(phone);
  const sam = await people.add("Sam", "111");
  await people.list();
  const mum = await people.add("Mum", "111");

  await people.arrange([mum, sam]);

  assert.deepEqual(await names((await tabOf(phone)).people), ["Mum", "Sam"]);
});

test("somebody who was taken away can be brought back", async () => {
  const { people } = await tabOf();
  const id = await people.add("Sam", "111");
  const undo = await people.remove(id);
  assert.deepEqual(await names(people), []);

  await undo();

  assert.deepEqual(await names(people), ["Sam"]);
});

test("whom two phones added apart are both there", async () => {
  const [here, there] = [await tabOf(), await tabOf()];
  await here.people.add("Sam", "111");
  await there.people.add("Mum", "112");

  await bring(there.vault, here.vault);

  assert.deepEqual((await names(here.people)).sort(), ["Mum", "Sam"]);
});

test("two numbers that two phones gave one person can both be called, until one is written", async () => {
  const [here, there] = [await tabOf(), await tabOf()];
  const id = await here.people.add("Sam", "07700 900001");
  await bring(here.vault, there.vault);
  await here.people.change(id, "Sam", "07700 900002");
  await there.people.change(id, "Sam", "07700 900003");
  await bring(there.vault, here.vault);

  const [both] = await here.people.list();
  assert.deepEqual(
    callable(both.numbers)
      .map(({ tel }) => tel)
      .sort(),
    ["07700900002", "07700900003"],
  );

  await here.people.change(id, "Sam", "07700 900003");
  const [one] = await here.people.list();
  assert.deepEqual(one.numbers, ["07700 900003"]);
});

test("people are not among the notes", async () => {
  const { people, vault } = await tabOf();
  await people.add("Sam", "111");

  assert.deepEqual(rowsOf(await vault.list(), new Set()), []);
});

test("people are in the file of everything", async () => {
  const { people, vault } = await tabOf();
  await people.add("Sam", "111");

  assert.match(JSON.stringify(await vault.exportAll()), /"Sam"/);
});
