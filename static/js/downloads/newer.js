// Replaces a saved recording with its newer version: in one step, and never while a tab is busy.
import { isAnyTabBusy, quiet } from "../platform/busy.js";
import * as store from "./store.js";
import { bytesOf } from "./segments.js";

/**
 * Replace the older version with the newer one, which is complete: now, or as soon as no tab is busy.
 * Until then the older version plays.
 * @param {string} path
 */
export async function activate(path) {
  if (!(await isAnyTabBusy())) return replace(path);
  const later = quiet().then(() => replace(path));
  later.catch((error) => console.info("the newer recording waits for the next visit", error));
}

/** Do the same for each newer version that was still waiting when its page was closed. */
export async function activateAll() {
  for (const path of await store.pathsWithNext()) {
    if ((await store.noteOf(store.nextOf(path)))?.whole) await activate(path);
  }
}

/** @param {string} path */
async function replace(path) {
  const [older, newer] = [await store.noteOf(path), await store.noteOf(store.nextOf(path))];
  if (!older || !newer?.whole) return;
  const isHere = bytesOf(await store.segmentsHere(newer), newer.size) === newer.size;
  // The browser evicted part of it while it waited. That part has to be fetched again.
  if (!isHere) return void (await store.putNote({ ...newer, whole: false }, store.nextOf(path)));
  const { captions, whole: _, ...note } = newer;
  const olderCaptions = captions && (await store.noteOf(captions.path));
  if (captions) await store.putNote(captions);
  // This write is the replacement: from here on the newer version plays.
  await store.putNote({ ...note, complete: true });
  await caches.open("saved-recordings").then((cache) => cache.delete(store.nextOf(path)));
  await store.forgetSegments(older);
  if (olderCaptions && store.placeOf(olderCaptions) !== store.placeOf(captions))
    await store.forgetSegments(olderCaptions);
  globalThis.document?.dispatchEvent(new CustomEvent("recordings-changed"));
}
