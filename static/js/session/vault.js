// Opens the vault (the reader's sealed entries) and starts backup. This is the only module in a page that does so.
// Import it only when you need it, because it loads the cryptography. hasEntries() in platform/storage.js tells you
// whether there is anything to open.
//
//   const entries = await vault();          the reader's entries (data/entries.js)
//   await isBackedUp(id)                    whether the server has the current version of an entry
//   onBackup((status) => …)                 the state of backup, as soon as it is known and at every change
//   const started = await backup();         everything about backup, for its settings page (data/backup.js)
//
// If a PIN is set (session/lock-manager.js), all of them wait until the reader has typed it. When the lock closes, this
// module drops the vault and the backup, and the next call waits again.
import { openVault } from "../data/entries.js";
import { keyring } from "./keyring.js";
import {
  hasEntries,
  recallNewest,
  remember,
  rememberEntries,
  rememberNewest,
} from "../platform/storage.js";

/** @import { Backup } from "../data/backup.js" */
/** @import { Status } from "../data/backup-status.js" */
/** @import { Vault } from "../data/entries.js" */

/** @type {Status} */
const OFF = {
  enabled: false,
  state: "idle",
  lastBackedUp: null,
  pending: 0,
  problem: null,
  tooLarge: [],
  unopened: 0,
  unreadable: 0,
  missing: 0,
  phones: [],
};

/** @type {Promise<Vault> | undefined} */
let opened;
/** @type {Promise<Backup> | undefined} */
let connected;
/** Whether the vault waits for the PIN. */
let isWaiting = false;
/** @type {Set<(status: Status) => void>} */
const listeners = new Set();
/** @type {Status | undefined} undefined until the vault is open */
let latest;

/**
 * Open the vault.
 * @returns {Promise<Vault>} the same vault at every call; after a failure the next call tries again
 * @throws {StorageLostError} this browser can't store entries
 */
export function vault() {
  if (isWaiting) loadLockManager().then((lockManager) => lockManager.wanted());
  opened ??= open().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Load the lock manager. Only phones with a lock need it. */
const loadLockManager = async () => (await import("./lock-manager.js")).lockManager();

keyring.onClose(() => {
  const [entries, started] = [opened, connected];
  opened = connected = latest = undefined;
  started?.then((running) => running.close()).catch(() => {});
  entries?.then((unsealed) => unsealed.forget()).catch(() => {});
});

async function open() {
  const unlock = async () => {
    isWaiting = true;
    await (await loadLockManager()).opened();
    isWaiting = false;
  };
  // Words come before pages and recordings, which can be fetched again.
  const makeRoom = async () => (await import("../downloads/room.js")).makeRoom();
  const entries = await openVault({ keyring, unlock, makeRoom });
  entries.onChange(({ ids, source }) => {
    if (ids?.length || source === "sync") rememberEntries();
    if (ids?.length && source === "here") rememberNewest([...ids, ...recallNewest()]);
  });
  entries.env.channel.addEventListener("message", ({ data }) => {
    // Backup was switched on in another tab, or a PIN was set there.
    if (data.type === "backup") backup().catch(() => {});
    if (data.type === "lock-opened")
      loadLockManager().then((lockManager) => lockManager.hear(data));
  });
  const { storage } = entries.env;
  // If the browser was killed soon after the first entry, the entry is stored but the hint may be lost. Set it again.
  if (!hasEntries() && (await storage.read([["entries"]]))[0].size) rememberEntries();
  const [settings] = await storage.read([["meta", "backup"]]);
  if (settings?.on) backup().catch(couldNotStart);
  else if (!connected) tell(OFF);
  return entries;
}

/** Pass the status to all listeners. @param {Status} status */
function tell(status) {
  latest = status;
  // A hint for pages that don't open the vault, as for the lock.
  remember("backup", status.enabled ? "1" : null);
  for (const listener of listeners) listener(status);
}

/** @param {unknown} error */
function couldNotStart(error) {
  console.error("backup did not start", error);
  tell({ ...OFF, enabled: true, state: "failed", problem: "unexpected" });
}

/** Start backup. @returns {Promise<Backup>} it syncs if backup is on */
export function backup() {
  connected ??= connect().catch((error) => {
    connected = undefined;
    throw error;
  });
  return connected;
}

async function connect() {
  const [entries, { openBackup }] = await Promise.all([vault(), import("../data/backup.js")]);
  const started = await openBackup(entries);
  started.onStatus(tell);
  return started;
}

/**
 * Listen to the state of backup.
 * @param {(status: Status) => void} listener called as soon as the state is known, and at every change
 * @returns {() => void} removes the listener
 */
export function onBackup(listener) {
  listeners.add(listener);
  if (latest) listener(latest);
  return () => listeners.delete(listener);
}

/**
 * Return whether the server has the current version of an entry.
 * @param {string} id of the entry
 * @returns {Promise<boolean>} false while backup is off
 */
export async function isBackedUp(id) {
  const started = await connected?.catch(() => undefined);
  return started ? started.isBackedUp(id) : false;
}
