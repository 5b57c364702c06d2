// Takes everything of this app off this phone; works with no connection.
import { announceRemoval, closeStores } from "../lib/removal.js";

/** @import { Stores } from "../lib/removal.js" */

/** How long another tab may hold on to the notes. */
const PATIENCE = 10_000;
/** Other tabs hear of it in this time. */
const NOTICE = 150;

/**
 * @returns {Promise<void>}
 * @throws {Error} when something could not be removed: it can be tried again
 */
export async function removeEverything() {
  announceRemoval();
  await new Promise((resolve) => setTimeout(resolve, NOTICE));
  // Closed to the rest of the page, where a note may be waiting to be stored or backed up.
  const { stores, open } = closeStores();
  // The words first: should anything fail, they are gone already.
  const steps = [removeDatabases, removeSmallThings, removeWorkers, removeCaches];
  /** @type {unknown[]} */
  const failures = [];
  for (const step of steps) {
    await Promise.resolve(stores)
      .then(step)
      .catch((error) => failures.push(error));
  }
  if (!failures.length) return;
  open();
  throw new Error("not everything could be removed", { cause: failures[0] });
}

/** @param {Stores} stores */
async function removeDatabases({ indexedDB }) {
  // Older browsers can't list them; ours have these names.
  const listed = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const names = new Set(["hearth", "hearth-letters", ...listed.flatMap(({ name }) => name ?? [])]);
  await Promise.all(Array.from(names, (name) => removeDatabase(indexedDB, name)));
}

/** @param {IDBFactory} indexedDB @param {string} name @returns {Promise<void>} */
function removeDatabase(indexedDB, name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    // Blocked by a tab that is slow to let go: it may still come.
    setTimeout(() => reject(new DOMException("Still in use", "TimeoutError")), PATIENCE);
  });
}

/** @param {Stores} stores */
function removeSmallThings({ localStorage, sessionStorage }) {
  localStorage.clear();
  sessionStorage.clear();
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
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}
