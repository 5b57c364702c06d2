/**
 * Bring the notes of a file back. They are merged by the same rules as sync, so what was deleted on this phone stays
 * deleted. Everything is stored in one transaction, or nothing is.
 */

import { toBase64url } from "./base64.js";
import { removedIds } from "./bookkeeping.js";
import { addTo, canonical } from "./entry.js";
import { Removals } from "./removals.js";

/** @import { State } from "./entry.js" */
/** @import { Vault } from "./entries.js" */

/**
 * The ids of a file's entries, by what bringing them in would do.
 *
 * @typedef {object} Preview
 * @property {string[]} added not on this phone
 * @property {string[]} changed the file has words that this phone doesn't know
 * @property {string[]} known this phone has everything that the file has
 * @property {string[]} deleted deleted on this phone or on another one, or removed and about to be deleted
 */

/**
 * Compare a file with what is on this phone. Nothing changes.
 *
 * @param {Vault} vault
 * @param {Map<string, State>} entries of the file, by id
 * @returns {Promise<Preview>}
 */
export async function previewImport({ env, store }, entries) {
  // This object only reads the removals: the vault's own settles them.
  const hidden = await new Removals(env, store, 0).hidden();
  const { states } = await store.all();
  return compare(entries, states, new Set([...hidden.keys(), ...removedIds(states)]));
}

/**
 * Sort a file's entries by what bringing them in would do.
 *
 * @param {Map<string, State>} entries of the file, by id
 * @param {Map<string, State>} states on this phone, by id
 * @param {ReadonlySet<string>} gone ids of entries that were removed on this phone, or on another one with its backup
 * @returns {Preview}
 */
export function compare(entries, states, gone) {
  /** @type {Preview} */
  const preview = { added: [], changed: [], known: [], deleted: [] };
  for (const [id, state] of entries) preview[outcome(id, state, states.get(id), gone)].push(id);
  return preview;
}

/**
 * @param {string} id
 * @param {State} state
 * @param {State | undefined} here
 * @param {ReadonlySet<string>} gone
 * @returns {keyof Preview}
 */
function outcome(id, state, here, gone) {
  if (gone.has(id) || here?.deleted) return "deleted";
  if (!here) return "added";
  return canonical(addTo(here, state)) === canonical(here) ? "known" : "changed";
}

/**
 * Store what a file has and this phone doesn't.
 *
 * @param {Vault} vault
 * @param {Map<string, State>} entries of the file, by id
 * @param {ReadonlySet<string>} [again] ids of entries that were deleted here and are stored once more, as new ones
 * @returns {Promise<string[]>} ids of the entries that were added or changed
 * @throws {StorageFullError | StorageLostError} nothing was changed
 */
export async function bringIn(vault, entries, again = new Set()) {
  const { env, store } = vault;
  return store.exclusively(async () => {
    // Another tab or sync may have changed entries since the preview.
    const { added, changed, deleted } = await previewImport(vault, entries);
    const incoming = new Map([...added, ...changed].map((id) => [id, entries.get(id)]));
    for (const id of deleted.filter((id) => again.has(id))) {
      incoming.set(toBase64url(env.randomBytes(16)), entries.get(id));
    }
    const ids = [...incoming.keys()];
    if (!ids.length) return ids;
    await store.updateLocked(ids, (here, _, id) => join(here, incoming.get(id)), {
      overUnreadable: true,
    });
    env.persist();
    return ids;
  });
}

/**
 * @param {State | undefined} here
 * @param {State | undefined} state
 */
const join = (here, state) => (here && state ? addTo(here, state) : state);
