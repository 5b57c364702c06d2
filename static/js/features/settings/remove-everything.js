// Removes everything that this app has stored on this phone. It works without a connection.
import { announceRemoval, closeStores } from "../../session/removal.js";

/** @import { Stores } from "../../session/removal.js" */

/** How long another tab may keep a database open before its removal fails. In ms. */
const PATIENCE = 10_000;
/** Other tabs hear of the removal within this time. In ms. */
const NOTICE = 150;
/** The app's own databases: one for entries and records, one for voice notes. Phones have them under these names. */
const DATABASES = ["hearth", "hearth-letters"];

/**
 * Remove everything, even if one step fails.
 *
 * @returns {Promise<void>}
 * @throws {Error} if something could not be removed; the caller can try again
 */
export async function removeEverything() {
  announceRemoval();
  await new Promise((resolve) => setTimeout(resolve, NOTICE));
  // Close storage to the rest of the page, where a note may be waiting to be stored or backed up.
  const { stores, open } = closeStores();
  // The notes go first: if a later step fails, they are gone already.
  const steps = [removeDatabases, removeStorageAndCookies, removeWorkers, removeCaches];
  /** @type {unknown[]} */
  const failures = [];
  for (const step of steps) {
    await Promise.resolve(stores)
      .then(step)
      .catch((error) => isRefusal(error) || failures.push(error));
  }
  if (!failures.length) return;
  open();
  throw new Error("not everything could be removed", { cause: failures[0] });
}

/**
 * Return whether the browser is set to keep nothing of this site: then there is nothing that the app could remove.
 * @param {any} error
 */
const isRefusal = (error) => error?.name === "SecurityError";

/** @param {Stores} stores */
async function removeDatabases({ indexedDB }) {
  if (!indexedDB) return;
  // Older browsers can't list databases. Remove the app's own databases even there.
  const listed = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const names = new Set([...DATABASES, ...listed.flatMap(({ name }) => name ?? [])]);
  await Promise.all(Array.from(names, (name) => removeDatabase(indexedDB, name)));
}

/** @param {IDBFactory} indexedDB @param {string} name @returns {Promise<void>} */
function removeDatabase(indexedDB, name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    // A tab that is slow to close the database blocks its removal. The removal may still happen later.
    setTimeout(() => reject(new DOMException("Still in use", "TimeoutError")), PATIENCE);
  });
}

/** @param {Stores} stores */
function removeStorageAndCookies({ localStorage, sessionStorage }) {
  localStorage?.clear();
  sessionStorage?.clear();
  for (const cookie of document.cookie.split(";")) {
    const name = cookie.split("=")[0].trim();
    if (name) document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;
  }
}

async function removeWorkers() {
  const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(registrations.map((registration) => registration.unregister()));
}

/** @param {Stores} stores */
async function removeCaches({ caches }) {
  if (!caches) return;
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}
