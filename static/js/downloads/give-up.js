// Gives up a snapshot that doesn't fit on the phone: deletes it, and remembers that, so that not every visit fetches it
// only to fail again.
import { StorageFullError } from "../platform/errors.js";
import { recall, remember } from "../platform/storage.js";
import { cacheName, cachedList, noRoomKey } from "./snapshot.js";

/** Try again when the browser has this much more room than the last time. In bytes. */
const WORTH_TRYING = 1024 * 1024;
/** Try again after this time, because browsers don't say how full the phone is. In ms. */
const A_DAY = 24 * 60 * 60 * 1000;

/**
 * Throw StorageFullError if this version didn't fit and nothing has changed since.
 * @param {{locale: string, version: string}} list
 */
export async function checkRoom({ locale, version }) {
  const [given, free, at] = (recall(noRoomKey(locale)) ?? "").split(" ");
  const age = Date.now() - Number(at);
  if (given !== version || !(age >= 0 && age < A_DAY)) return;
  if ((await freeRoom()) < Number(free) + WORTH_TRYING) throw new StorageFullError();
}

/**
 * Delete a snapshot that doesn't fit, unless it is the active one, of which the browser has evicted a part. Unfinished and
 * former ones of its language go too: the next try has their room.
 * @param {{locale: string, version: string}} list
 * @returns {Promise<boolean>} whether anything of the snapshot was stored
 */
export async function giveUp({ locale, version }) {
  if (version === (await notedVersion("active", locale))) return false;
  const isDropped = await dropSnapshot({ locale, version });
  for (const other of await idleSnapshots()) {
    if (other.locale === locale && other.state !== "waiting") await dropSnapshot(other);
  }
  remember(noRoomKey(locale), `${version} ${await freeRoom()} ${Date.now()}`);
  return isDropped;
}

/**
 * @typedef {object} Idle a snapshot that no new page opens from
 * @property {string} locale
 * @property {string} version
 * @property {"unfinished" | "waiting" | "former"} state "waiting": it opens as soon as no tab is busy. "former": only
 *   tabs that were opened before it was replaced use it.
 */

/** @returns {Promise<Idle[]>} */
export async function idleSnapshots() {
  /** @type {Idle[]} */
  const idle = [];
  for (const name of await caches.keys()) {
    const [, locale, version] = /^pages-(.+)-([0-9a-f]+)$/.exec(name) ?? [];
    if (!locale || !version || version === (await notedVersion("active", locale))) continue;
    const isWhole = (await cachedList(locale, version)) !== null;
    const isWaiting = version === (await notedVersion("waiting", locale));
    idle.push({
      locale,
      version,
      state: !isWhole ? "unfinished" : isWaiting ? "waiting" : "former",
    });
  }
  return idle;
}

/**
 * Delete a snapshot.
 * @param {{locale: string, version: string}} snapshot
 * @returns {Promise<boolean>} whether anything of it was stored
 */
export async function dropSnapshot({ locale, version }) {
  const name = cacheName(locale, version);
  if (!(await caches.has(name))) return false;
  const cache = await caches.open(name);
  const isAnything = await empty(cache);
  await caches.delete(name);
  // A tab that fills it may have stored more files meanwhile. From now on it stops.
  return (await empty(cache)) || isAnything;
}

/**
 * Delete the files one by one. A deleted cache gives its room back only when no tab has it open any more.
 * @param {Cache} cache
 */
async function empty(cache) {
  const files = await cache.keys();
  for (const file of files) await cache.delete(file);
  return files.length > 0;
}

/** @param {"active" | "waiting"} state @param {string} locale @returns {Promise<string | undefined>} */
async function notedVersion(state, locale) {
  const note = await caches.match(`/${state}/${locale}`, { cacheName: "hearth-active" });
  return note && (await note.json()).version;
}

/** Return how many bytes the browser says are free: a guess, but it changes with what is stored. */
async function freeRoom() {
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota - usage;
}
