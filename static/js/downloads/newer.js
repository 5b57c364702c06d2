// Replaces a saved recording with its newer version: in one step, and never while a tab is busy.
import { isAnyTabBusy, quiet } from "../platform/busy.js";
import * as kept from "./store.js";
import { bytesOf } from "./segments.js";

/**
 * Replace the older version with the newer one, which is complete: now, or as soon as no tab is busy.
 * Until then the older version plays.
 * @param {string} path
 */
export async function letIn(path) {
  if (!(await isAnyTabBusy())) return replace(path);
  const later = quiet().then(() => replace(path));
  later.catch((error) => console.info("the newer recording waits for the next visit", error));
}

/** Do the same for each newer version that was still waiting when its page was closed. */
export async function letAllIn() {
  for (const path of await kept.pathsWithNext()) {
    if ((await kept.noteOf(kept.nextOf(path)))?.whole) await letIn(path);
  }
}

/** @param {string} path */
async function replace(path) {
  const [older, newer] = [await kept.noteOf(path), await kept.noteOf(kept.nextOf(path))];
  if (!older || !newer?.whole) return;
  const isHere = bytesOf(await kept.segmentsHere(newer), newer.size) === newer.size;
  // The browser evicted part of it while it waited. That part has to be fetched again.
  if (!isHere) return void (await kept.keepNote({ ...newer, whole: false }, kept.nextOf(path)));
  const { captions, whole: _, ...note } = newer;
  const olderCaptions = captions && (await kept.noteOf(captions.path));
  if (captions) await kept.keepNote(captions);
  // This write is the replacement: from here on the newer version plays.
  await kept.keepNote({ ...note, complete: true, going: false });
  await caches.open("saved-recordings").then((cache) => cache.delete(kept.nextOf(path)));
  await kept.forgetSegments(older);
  if (olderCaptions && kept.placeOf(olderCaptions) !== kept.placeOf(captions))
    await kept.forgetSegments(olderCaptions);
  globalThis.document?.dispatchEvent(new CustomEvent("recording-kept"));
}
