// What this phone keeps for the app, and how large it is.
import { listSaved } from "./recordings.js";

/** @typedef {Awaited<ReturnType<typeof listSaved>>[number]} Kept */

/**
 * @typedef {object} Usage sizes in bytes
 * @property {number} pages
 * @property {Kept[]} recordings
 * @property {number} total what is counted here, or the browser's own figure where that is larger
 */

/** @returns {Promise<Usage>} */
export async function usage() {
  const pages = await pagesSize();
  const recordings = await listSaved();
  const estimate = await navigator.storage?.estimate?.();
  const sum = recordings.reduce((total, { bytes }) => total + bytes, pages);
  return { pages, recordings, total: Math.max(sum, estimate?.usage ?? 0) };
}

/** Bytes of all snapshots; their sizes are in the headers, so nothing is read. */
async function pagesSize() {
  let sum = 0;
  for (const name of await caches.keys()) {
    if (!name.startsWith("pages-")) continue;
    const cache = await caches.open(name);
    const answers = await cache.matchAll();
    for (const answer of answers) sum += Number(answer.headers.get("content-length") ?? 0);
  }
  return sum;
}

/** Whether the browser promised to keep it; null where it doesn't say. */
export async function isPersistent() {
  return (await navigator.storage?.persisted?.()) ?? null;
}

/** Ask for that promise; gives whether it was made. */
export async function askToPersist() {
  return (await navigator.storage?.persist?.()) ?? false;
}
