import { openBackup } from "../../../static/js/data/backup.js";
import { isBookkeeping } from "../../../static/js/data/entry.js";
import { openVault } from "../../../static/js/data/entries.js";
import { Line } from "./line.js";
import { createPhone } from "./surroundings.js";

export const NOTE = { kind: "note" };

/** A phone with one tab open, on a line of its own to the server. */
export async function openPhone(server, own = {}) {
  const line = new Line(server.fetch);
  const phone = createPhone({ fetch: line.fetch, baseUrl: "http://model", ...own });
  return { phone, clock: phone.clock, line, server, ...(await openTab(phone)) };
}

export async function openTab(phone) {
  const vault = await openVault(phone.tab());
  return { vault, backup: await openBackup(vault) };
}

/** The same with backup switched on and nothing to do. */
export async function openBackedUp(server, own) {
  const opened = await openPhone(server, own);
  await opened.backup.switchOn();
  await opened.backup.syncNow();
  return opened;
}

/**
 * Another phone with the words of this one.
 *
 * @param {any} first
 * @param {typeof globalThis.fetch} [through] what its line leads to
 */
export async function openSecond({ backup, server }, through = server.fetch) {
  const second = await openPhone(server);
  second.line.through = through;
  await second.backup.restore((await backup.words()).join(" "));
  return second;
}

/** @returns {Promise<string>} the id of a new note */
export async function writeNote(vault, text) {
  const { id } = vault.create(NOTE);
  await vault.write(id, { text });
  return id;
}

export const textsOf = async (vault, id) =>
  (await vault.read(id)).fields.text.map(({ value }) => value).sort();

/**
 * The live records of what the phone's person wrote, without those that sync keeps for itself.
 *
 * @returns {Promise<any[]>}
 */
export async function liveNotes({ vault, server }) {
  const { states } = await vault.store.all();
  return server.live.filter(({ entry }) => {
    const state = states.get(entry);
    return !state || !isBookkeeping(state);
  });
}
