// Measures what the app stores on this phone.
import { listSaved } from "../../downloads/recordings.js";

/** @typedef {Awaited<ReturnType<typeof listSaved>>[number]} Kept */

/**
 * @typedef {object} Usage sizes in bytes
 * @property {number} pages
 * @property {Kept[]} recordings
 * @property {number} total the sum of both, or the browser's own figure if that is larger
 */

/** @returns {Promise<Usage>} */
export async function usage() {
  const pages = await pagesSize();
  const recordings = await listSaved();
  const estimate = await navigator.storage?.estimate?.();
  const sum = recordings.reduce((total, { bytes }) => total + bytes, pages);
  return { pages, recordings, total: Math.max(sum, estimate?.usage ?? 0) };
}

/** Add up the bytes of all snapshots. Their headers give the sizes, so no body is read. */
async function pagesSize() {
  let sum = 0;
  for (const name of await caches.keys()) {
    if (!name.startsWith("pages-")) continue;
    const cache = await caches.open(name);
    const responses = await cache.matchAll();
    for (const response of responses) sum += Number(response.headers.get("content-length") ?? 0);
  }
  return sum;
}

/** Return whether the browser has promised not to evict the data; null if it doesn't say. */
export async function isPersistent() {
  return (await navigator.storage?.persisted?.()) ?? null;
}

/** Ask the browser for that promise. Return whether it made it. */
export async function askToPersist() {
  return (await navigator.storage?.persist?.()) ?? false;
}
