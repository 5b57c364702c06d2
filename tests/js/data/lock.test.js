import assert from "node:assert/strict";
import test from "node:test";
import { openVault } from "../../../static/js/data/entries.js";
import { Keyring } from "../../../static/js/data/keyring.js";
import { Lock } from "../../../static/js/data/lock.js";
import { toWords, fromWords } from "../../../static/js/data/phrase.js";
import {
  isPin,
  plainly,
  ROUNDS,
  unwrap,
  unwrapWith,
  wrapAnew,
} from "../../../static/js/data/wrapping.js";
import { createPhone } from "../support/surroundings.js";

const PIN = "271828";
const FEW = 1_000; // rounds: the figure itself has a test of its own
const MINUTE = 60_000;

/** A phone with a note, and a tab that keeps its keys on a ring of its own. */
async function openPhone(own) {
  const phone = createPhone(own);
  const tab = await openTab(phone);
  const { id } = tab.vault.create({ kind: "note" });
  await tab.vault.write(id, { text: "walked" });
  return { phone, id, ...tab };
}

async function openTab(phone, keyring = new Keyring()) {
  const surroundings = { randomBytes, ...phone.tab() };
  const vault = await openVault({ ...surroundings, keyring });
  return { vault, keyring, lock: new Lock(vault.env, keyring, FEW) };
}

const randomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
const textOf = async (vault, id) => (await vault.read(id)).fields.text[0].value;
const secretOf = ({ storage }) => storage.stores.keys.get("secret");

test("what is wrapped opens with the same PIN and no other", async () => {
  const secret = randomBytes(16);
  const { wrapped } = await wrapAnew(secret, PIN, "digits", FEW);

  assert.deepEqual((await unwrap(wrapped, PIN))?.secret, secret);
  assert.equal(await unwrap(wrapped, "271829"), null);
});

test("six digits are worth 600,000 rounds of PBKDF2 and a salt of their own", async () => {
  const secret = randomBytes(16);

  const [one, two] = await Promise.all([
    wrapAnew(secret, PIN, "digits"),
    wrapAnew(secret, PIN, "digits"),
  ]);

  assert.equal(ROUNDS, 600_000);
  assert.equal(one.wrapped.rounds, 600_000);
  assert.notDeepEqual(one.wrapped.salt, two.wrapped.salt);
  assert.notDeepEqual(one.wrapped.sealed, two.wrapped.sealed);
  assert.equal(one.key.extractable, false);
});

test("what is stored is PBKDF2-SHA-256 and AES-256-GCM, as anybody can check", async () => {
  const secret = randomBytes(16);
  const { wrapped } = await wrapAnew(secret, "correct horse", "phrase", FEW);
  const bytes = new TextEncoder().encode("correct horse");
  const base = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: wrapped.salt, iterations: FEW };
  const raw = await crypto.subtle.deriveBits(how, base, 256);

  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);

  assert.deepEqual((await unwrapWith(wrapped, key))?.secret, secret);
});

test("the PIN is the same on an Arabic, a Persian and a full-width keyboard", () => {
  for (const typed of ["٢٧١٨٢٨", "۲۷۱۸۲۸", "２７１８２８", " 271828 "]) {
    assert.equal(plainly(typed), PIN);
    assert.ok(isPin(typed));
  }
  for (const typed of ["27182", "2718281", "27182a", ""]) assert.ok(!isPin(typed));
});

test("with a PIN set, the secret is nowhere in storage", async () => {
  const { phone, lock } = await openPhone();
  const { secret } = secretOf(phone);

  await lock.set(PIN, { kind: "digits" });

  const everything = JSON.stringify(
    Object.values(phone.storage.stores).map((store) => [...store]),
    (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value),
  );
  assert.ok(!everything.includes(Buffer.from(secret).toString("hex")));
  assert.ok(!everything.includes(PIN));
});

test("there is never a moment in which neither form of the secret is stored", async () => {
  const { phone, lock } = await openPhone();
  const written = [];
  const { write } = phone.storage;
  phone.storage.write = async function (changes) {
    written.push(changes.filter(([store]) => store === "keys"));
    await write.call(this, changes);
    assert.ok(secretOf(phone), "a step left no secret behind");
  };

  await lock.set(PIN, { kind: "digits" });
  await lock.set("314159", { kind: "digits" });
  await lock.remove();

  // One row is replaced in one step: nothing can come between.
  assert.deepEqual(
    written.map((changes) => changes.map(([, key, row]) => [key, ...Object.keys(row)])),
    [[["secret", "wrapped"]], [["secret", "wrapped"]], [["secret", "secret"]]],
  );
});

test("when the phone dies while a PIN is set, everything opens as before", async () => {
  const { phone, lock, id } = await openPhone();
  phone.storage.write = async () => {
    throw new Error("no power");
  };
  await assert.rejects(lock.set(PIN, { kind: "digits" }), /no power/);
  delete phone.storage.write;

  const { vault, lock: next } = await openTab(phone);

  assert.equal(await textOf(vault, id), "walked");
  assert.equal((await next.state()).kind, null);
});

test("a new tab reads and writes nothing before the PIN is typed", async () => {
  const { phone, lock, id } = await openPhone();
  await lock.set(PIN, { kind: "digits" });
  const before = structuredClone(phone.storage.stores.entries);

  const { vault, lock: other } = await openTab(phone);

  await assert.rejects(vault.read(id), { code: "locked" });
  await assert.rejects(vault.list(), { code: "locked" });
  await assert.rejects(vault.write(id, { text: "ran" }), { code: "locked" });
  assert.deepEqual(phone.storage.stores.entries, before);
  await other.open(PIN);
  assert.equal(await textOf(vault, id), "walked");
});

test("a PIN can be set before anything was written", async () => {
  const phone = createPhone();
  const { vault, lock } = await openTab(phone);

  await lock.set(PIN, { kind: "digits" });

  const { id } = vault.create({ kind: "note" });
  await vault.write(id, { text: "first" });
  assert.ok("wrapped" in secretOf(phone));
  assert.equal(await textOf(vault, id), "first");
});

test("a vault that forgets has nothing left to read with", async () => {
  const { vault, keyring, lock, id } = await openPhone();
  await lock.set(PIN, { kind: "digits" });
  await vault.read(id);

  keyring.forget();
  vault.forget();

  await assert.rejects(vault.read(id), { code: "locked" });
});

test("after the PIN was changed, the old one opens nothing", async () => {
  const { phone, lock, id } = await openPhone();
  await lock.set(PIN, { kind: "digits", after: 15 });

  await lock.set("correct horse", { kind: "phrase" });

  const { vault, lock: other } = await openTab(phone);
  await assert.rejects(other.open(PIN), { code: "wrong_pin" });
  await other.open("correct horse");
  assert.equal(await textOf(vault, id), "walked");
  assert.partialDeepStrictEqual(await other.state(), { kind: "phrase", after: 15 });
});

test("without the PIN it can be neither changed nor removed", async () => {
  const { phone, lock } = await openPhone();
  await lock.set(PIN, { kind: "digits" });
  const { lock: other } = await openTab(phone);

  await assert.rejects(other.set("111111", { kind: "digits" }), { code: "locked" });
  await assert.rejects(other.remove(), { code: "locked" });
});

test("after the lock was removed, everything opens as if there had never been one", async () => {
  const { phone, lock, id } = await openPhone();
  const before = secretOf(phone);
  await lock.set(PIN, { kind: "digits" });

  await lock.remove();

  const { vault } = await openTab(phone);
  assert.deepEqual(secretOf(phone), before);
  assert.equal(phone.storage.stores.meta.has("lock"), false);
  assert.equal(await textOf(vault, id), "walked");
});

test("a tab that was handed the open lock reads without asking", async () => {
  const { phone, keyring, lock, id } = await openPhone();
  await lock.set(PIN, { kind: "digits" });
  const other = new Keyring();

  other.hold(structuredClone(keyring.opened));

  const { vault } = await openTab(phone, other);
  assert.equal(await textOf(vault, id), "walked");
});

test("a restored backup stays under the same PIN, in every open tab", async () => {
  const { phone, vault, lock, keyring, id } = await openPhone();
  await lock.set(PIN, { kind: "digits" });
  const other = new Keyring();
  other.hold(keyring.opened);
  const second = await openTab(phone, other);
  const secret = randomBytes(16);

  await vault.store.exclusively(() => vault.store.replaceSecretLocked(secret, []));

  assert.ok("wrapped" in secretOf(phone));
  assert.equal(await textOf(vault, id), "walked");
  assert.equal(await textOf(second.vault, id), "walked");
  const third = await openTab(phone);
  assert.deepEqual((await third.lock.open(PIN))?.secret, secret);
});

test("after a few wrong tries each next one has to wait longer, also in a new tab", async () => {
  const { phone, lock } = await openPhone();
  await lock.set(PIN, { kind: "digits" });
  const waits = [];
  for (let tries = 0; tries < 12; tries += 1) {
    const { lock: fresh } = await openTab(phone);
    await assert.rejects(fresh.open("000000"), { code: "wrong_pin" });
    const { wait } = await fresh.state();
    waits.push(wait / 1000);
    if (wait) await assert.rejects(fresh.open(PIN), { code: "too_soon", wait });
    await phone.clock.pass(wait);
    await fresh.passTime();
  }

  assert.deepEqual(waits, [0, 0, 0, 0, 30, 60, 120, 300, 900, 900, 900, 900]);
  assert.ok(await lock.open(PIN));
  assert.equal((await lock.state()).wait, 0);
});

test("a try counts even if the page is closed before it is known to be wrong", async () => {
  const { phone, lock } = await openPhone();
  await lock.set(PIN, { kind: "digits" });

  const trying = lock.open("000000").catch(() => {});
  while (!phone.storage.stores.meta.get("lock").wrong) await null;

  assert.equal(phone.storage.stores.meta.get("lock").wrong, 1);
  await trying;
});

for (const [way, sign] of [
  ["back", -1],
  ["forward", 1],
]) {
  test(`a clock that is set ${way} neither shortens a pause nor makes it longer`, async () => {
    const { phone, lock } = await openPhone();
    await lock.set(PIN, { kind: "digits" });
    for (let tries = 0; tries < 5; tries += 1) await lock.open("000000").catch(() => {});

    phone.clock.time += sign * 365 * 24 * 60 * MINUTE;

    assert.equal((await lock.state()).wait, 30_000);
    assert.equal((await (await openTab(phone)).lock.state()).wait, 30_000);
  });
}

test("what has passed of a pause counts in the next page too", async () => {
  const { phone, lock } = await openPhone();
  await lock.set(PIN, { kind: "digits" });
  for (let tries = 0; tries < 5; tries += 1) await lock.open("000000").catch(() => {});

  await phone.clock.pass(20_000);
  await lock.passTime();

  assert.equal((await (await openTab(phone)).lock.state()).wait, 10_000);
});

test("wrong tries, however many, erase nothing", async () => {
  const { phone, vault, lock, id } = await openPhone();
  await lock.set(PIN, { kind: "digits" });
  for (let tries = 0; tries < 30; tries += 1) {
    await lock.open("000000").catch(() => {});
    await phone.clock.pass(15 * MINUTE);
  }

  await lock.open(PIN);

  assert.equal(await textOf(vault, id), "walked");
});

test("the twelve words take the lock away, and no other words do", async () => {
  const { phone, lock, id } = await openPhone();
  const words = (await toWords(secretOf(phone).secret)).join(" ");
  await lock.set(PIN, { kind: "digits" });
  const { vault, lock: other } = await openTab(phone);

  assert.equal(await other.removeWith(randomBytes(16)), false);
  await assert.rejects(vault.read(id), { code: "locked" });
  assert.equal(await other.removeWith(await fromWords(words)), true);

  assert.equal(await textOf(vault, id), "walked");
});

test("the time away can be changed by itself", async () => {
  const { lock } = await openPhone();
  await lock.set(PIN, { kind: "digits" });

  await lock.setAfter(60);

  assert.partialDeepStrictEqual(await lock.state(), { kind: "digits", after: 60, backup: false });
});
