// The one place where a page opens what somebody wrote, and where backup starts. Import it when it is
// needed, not before: it brings the cryptography with it. Whether it is worth it says hasEntries() of
// lib/memory.js.
//
//   const entries = await vault();          what was written (data/entries.js)
//   await isBackedUp(id)                    whether the server has an entry as it is now
//   onBackup((status) => …)                 how far backup is; called once it is known and at every change
//   const { switchOn } = await backup();    the whole of backup, for its settings page (data/backup.js)
//
// With a PIN set (lock/guard.js), all of them wait until it is typed. When the lock falls shut, everything here
// lets go, and the next call waits again.
import { openVault } from "../data/entries.js";
import { keyring } from "../lock/keyring.js";
import { hasEntries, recallNewest, rememberEntries, rememberNewest } from "./memory.js";

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
};

/** @type {Promise<Vault> | undefined} */
let opened;
/** @type {Promise<Backup> | undefined} */
let connected;
/** For a PIN. */
let isWaiting = false;
/** @type {Set<(status: Status) => void>} */
const listeners = new Set();
/** @type {Status | undefined} nothing is known before the vault is open */
let latest;

/**
 * @returns {Promise<Vault>} the same one at every call; after a failure the next call tries again
 * @throws {StorageLostError} this browser can't keep words
 */
export function vault() {
  if (isWaiting) theGuard().then((guard) => guard.wanted());
  opened ??= open().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Loaded where there is a lock. */
const theGuard = async () => (await import("../lock/guard.js")).guard();

keyring.onClose(() => {
  const [entries, started] = [opened, connected];
  opened = connected = latest = undefined;
  started?.then((one) => one.close()).catch(() => {});
  entries?.then((one) => one.forget()).catch(() => {});
});

async function open() {
  const unlock = async () => {
    isWaiting = true;
    await (await theGuard()).opened();
    isWaiting = false;
  };
  const entries = await openVault({ keyring, unlock });
  entries.onChange(({ ids, source }) => {
    if (ids?.length || source === "sync") rememberEntries();
    if (ids?.length && source === "here") rememberNewest([...ids, ...recallNewest()]);
  });
  entries.env.channel.addEventListener("message", ({ data }) => {
    // Backup was switched on in another tab, or a PIN was set there.
    if (data.type === "backup") backup().catch(() => {});
    if (data.type === "lock-opened") theGuard().then((guard) => guard.hear(data));
  });
  const { storage } = entries.env;
  // A browser that was killed soon after the first words has kept them, but not the hint that there are any.
  if (!hasEntries() && (await storage.read([["entries"]]))[0].size) rememberEntries();
  const [settings] = await storage.read([["meta", "backup"]]);
  if (settings?.on) backup().catch(couldNotStart);
  else if (!connected) tell(OFF);
  return entries;
}

/** @param {Status} status */
function tell(status) {
  latest = status;
  for (const listener of listeners) listener(status);
}

/** @param {unknown} error */
function couldNotStart(error) {
  console.error("backup did not start", error);
  tell({ ...OFF, enabled: true, state: "failed", problem: "unexpected" });
}

/** @returns {Promise<Backup>} syncing, if backup is on */
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
 * @param {(status: Status) => void} listener called once it is known how far backup is, and at every change
 * @returns {() => void} stops it
 */
export function onBackup(listener) {
  listeners.add(listener);
  if (latest) listener(latest);
  return () => listeners.delete(listener);
}

/**
 * @param {string} id of an entry
 * @returns {Promise<boolean>} false also while backup is off
 */
export async function isBackedUp(id) {
  const started = await connected?.catch(() => undefined);
  return started ? started.isBackedUp(id) : false;
}
