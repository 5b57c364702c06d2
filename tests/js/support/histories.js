/**
 * Random lives of a few phones that share one backup, against any server: the model in memory or the real one over
 * HTTP. What must be true at their end is in `play`.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { openBackup } from "../../../static/js/data/backup.js";
import { openVault } from "../../../static/js/data/entries.js";
import { isBookkeeping, summary } from "../../../static/js/data/entry.js";
import { openValue } from "../../../static/js/data/seal.js";
import { Line } from "./line.js";
import { createPhone } from "./surroundings.js";

const PHONES = 3;
const FIELDS = ["calms", "drive"];

/** Enough for every phone to hear of every other, and to clear away what two pushed at once. */
const CALM_ROUNDS = 6;

/**
 * @param {{server?: boolean, kill?: boolean}} [can] server: it can be restored from yesterday's backup and wiped; kill:
 *   it can be killed
 * @returns {fc.Arbitrary<any[]>}
 */
export function acts({ server = false, kill = false } = {}) {
  const phone = fc.nat(PHONES - 1);
  const fate = fc.constantFrom("good", "good", "good", "lost", "unanswered", "late");
  const fates = fc.array(fate, { maxLength: 8 });
  const field = fc.constantFrom(...FIELDS);
  const act = (name, parts = {}) => fc.record({ act: fc.constant(name), phone, ...parts });
  const write = act("write", { entry: fc.nat(3), field, blind: fc.boolean() });
  const choices = [
    { weight: 8, arbitrary: write },
    { weight: 2, arbitrary: act("create", { field }) },
    { weight: 1, arbitrary: act("remove", { entry: fc.nat(3) }) },
    { weight: 8, arbitrary: act("sync", { fates }) },
    { weight: 3, arbitrary: act("syncWith", { other: phone, fates }) },
    { weight: 3, arbitrary: act("syncTyping", { entry: fc.nat(3), field, fates }) },
    { weight: 2, arbitrary: act("deliver") },
    { weight: 1, arbitrary: act("restart") },
  ];
  // Both at once may lose what only this phone and this server had.
  if (!server) {
    choices.push({ weight: 1, arbitrary: act("backUpPhone") });
    choices.push({ weight: 1, arbitrary: act("restorePhone") });
  }
  if (server) {
    choices.push({ weight: 1, arbitrary: act("backUpServer") });
    choices.push({ weight: 1, arbitrary: act("restoreServer") });
    choices.push({ weight: 1, arbitrary: act("wipeServer") });
  }
  if (kill) choices.push({ weight: 1, arbitrary: act("killServer") });
  return fc.array(fc.oneof(...choices), { minLength: 1, maxLength: 40 });
}

/**
 * @param {object} server
 * @param {typeof globalThis.fetch} server.fetch
 * @param {string} [server.baseUrl]
 * @param {string} [server.joinCode]
 * @param {() => any} [server.snapshot]
 * @param {(snapshot: any) => any} [server.restore]
 * @param {() => any} [server.wipe]
 * @param {() => any} [server.kill]
 * @param {any[]} history
 */
export async function play(server, history) {
  const world = await World.create(server);
  try {
    for (const act of history) {
      await world[act.act](act);
      world.letTimePass();
    }
    await world.calmDown();
    await world.check();
  } finally {
    world.close();
  }
}

class World {
  phones = [];
  /** All that was ever written and not knowingly replaced, as "entry field value". */
  standing = new Set();
  removed = new Set();
  #count = 0;
  #snapshot;

  /** @param {any} server */
  static async create(server) {
    const world = new World();
    world.server = server;
    world.#snapshot = await server.snapshot?.();
    for (let number = 0; number < PHONES; number += 1) {
      world.phones.push(await world.#openPhone(number));
    }
    const [first, ...others] = world.phones;
    await first.backup.switchOn({ joinCode: server.joinCode });
    const words = (await first.backup.words()).join(" ");
    for (const { backup } of others) await backup.restore(words);
    return world;
  }

  async #openPhone(number, phone) {
    const line = phone?.line ?? new Line(this.server.fetch);
    const surroundings =
      phone?.surroundings ??
      createPhone({ fetch: line.fetch, baseUrl: this.server.baseUrl ?? "http://model" });
    // Clocks of phones differ.
    if (!phone) surroundings.clock.time += number * 7_000;
    const vault = await openVault({ ...surroundings.tab(), undoWindow: 0 });
    const backup = await openBackup(vault);
    return { number, line, surroundings, vault, backup };
  }

  letTimePass() {
    for (const { surroundings } of this.phones) surroundings.clock.time += 1_000;
  }

  async create({ phone, field }) {
    const { vault } = this.phones[phone];
    const { id } = vault.create({ kind: "note" });
    await this.#put(vault, id, field, {});
  }

  async write({ phone, entry, field, blind }) {
    const { vault } = this.phones[phone];
    const id = await this.#pick(vault, entry);
    if (!id) return;
    const seen = blind ? {} : (await vault.read(id)).fields;
    await this.#put(vault, id, field, seen, blind ? { [field]: null } : undefined);
  }

  async remove({ phone, entry }) {
    const { vault } = this.phones[phone];
    const id = await this.#pick(vault, entry);
    if (!id) return;
    await vault.remove(id);
    this.removed.add(id);
  }

  async sync({ phone, fates = [] }) {
    const { line, backup } = this.phones[phone];
    line.fates = [...fates];
    await backup.syncNow();
  }

  async syncWith({ phone, other, fates }) {
    await Promise.all([this.sync({ phone, fates }), this.sync({ phone: other })]);
  }

  async syncTyping({ phone, entry, field, fates }) {
    await Promise.all([this.sync({ phone, fates }), this.write({ phone, entry, field })]);
  }

  async deliver({ phone }) {
    await this.phones[phone].line.deliver();
  }

  async restart({ phone, before = () => {} }) {
    const old = this.phones[phone];
    old.backup.close();
    old.vault.close();
    before();
    this.phones[phone] = await this.#openPhone(phone, old);
  }

  async backUpPhone({ phone }) {
    const { surroundings } = this.phones[phone];
    surroundings.copy = structuredClone(surroundings.storage.stores);
  }

  /** An old copy of the phone's storage comes back, once what it has written since is on the server. */
  async restorePhone({ phone }) {
    const { surroundings, backup, line } = this.phones[phone];
    if (!surroundings.copy) return;
    line.fates = [];
    await backup.syncNow();
    if (backup.status.pending || backup.status.problem) return;
    await this.restart({
      phone,
      before: () => (surroundings.storage.stores = structuredClone(surroundings.copy)),
    });
  }

  async backUpServer() {
    this.#snapshot = await this.server.snapshot();
  }

  async restoreServer() {
    await this.server.restore(this.#snapshot);
  }

  async wipeServer() {
    await this.server.wipe();
  }

  async killServer() {
    await this.server.kill();
  }

  async calmDown() {
    for (const { line } of this.phones) await line.deliver();
    for (let round = 0; round < CALM_ROUNDS; round += 1) {
      for (const { number } of this.phones) await this.sync({ phone: number });
    }
  }

  /** All phones hold the same, namely all that was written and not knowingly replaced; and so does the server. */
  async check() {
    const states = await Promise.all(this.phones.map(({ vault }) => vault.store.all()));
    // A phone that never had a deleted entry knows only that it was removed.
    const living = states.map(({ states }) => [...states].filter(([, state]) => !state.deleted));
    const summaries = living.map((entries) =>
      entries.map(([id, state]) => `${id} ${summary(state)}`).sort(),
    );
    for (const other of summaries) assert.deepEqual(other, summaries[0], "phones differ");
    for (const { backup } of this.phones) {
      assert.partialDeepStrictEqual(backup.status, {
        state: "idle",
        problem: null,
        pending: 0,
        missing: 0,
        unopened: 0,
      });
    }
    const words = living[0].filter(([, state]) => !isBookkeeping(state));
    assert.deepEqual(held(words), this.#expected());
    const live = await this.#liveEntries();
    const ids = living[0].map(([id]) => id);
    assert.deepEqual(live.sort(), ids.sort(), "not one record an entry");
  }

  close() {
    for (const { vault, backup } of this.phones) {
      backup.close();
      vault.close();
    }
  }

  #expected() {
    const isLeft = (text) => !this.removed.has(text.split(" ")[0]);
    return [...this.standing].filter(isLeft).sort();
  }

  /** Entry ids of all live records, asked over the line like any other client. */
  async #liveEntries() {
    const { surroundings, line, vault } = this.phones[0];
    const { dataKey } = await vault.store.keys();
    const { token } = await openValue(
      dataKey,
      "token",
      surroundings.storage.stores.meta.get("token"),
    );
    const url = `${surroundings.baseUrl}/api/v1/records`;
    const headers = { Authorization: `Bearer ${token}` };
    const { records } = await (await line.fetch(url, { method: "GET", headers })).json();
    return records.map(({ entry }) => entry);
  }

  async #pick(vault, number) {
    const { entries } = await vault.list();
    return entries[number % Math.max(1, entries.length)]?.id;
  }

  async #put(vault, id, field, seen, base) {
    const value = `v${(this.#count += 1)}`;
    try {
      await vault.write(id, { [field]: value }, base);
    } catch (error) {
      // Another phone removed it a moment ago.
      if (error.code === "entry_deleted") return;
      throw error;
    }
    for (const old of seen[field] ?? []) this.standing.delete(`${id} ${field} ${old.value}`);
    this.standing.add(`${id} ${field} ${value}`);
  }
}

function held(states) {
  return [...states]
    .flatMap(([id, { fields }]) =>
      Object.entries(fields).flatMap(([field, versions]) =>
        versions.map(({ value }) => `${id} ${field} ${value}`),
      ),
    )
    .sort();
}
