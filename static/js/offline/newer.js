// A newer recording takes the older one's place, all at once and never while somebody listens.
import { isAnyTabBusy, quiet } from "./busy.js";
import * as kept from "./kept.js";
import { bytesOf } from "./segments.js";

/**
 * Let a newer one in that is here whole: now, or as soon as no tab is busy. Until then the older one
 * plays.
 * @param {string} path
 */
export async function letIn(path) {
  if (!(await isAnyTabBusy())) return exchange(path);
  const later = quiet().then(() => exchange(path));
  later.catch((error) => console.info("the newer recording waits for the next visit", error));
}

/** Those that waited when a page was closed. */
export async function letAllIn() {
  for (const path of await kept.pathsWithNext()) {
    if ((await kept.noteOf(kept.nextOf(path)))?.whole) await letIn(path);
  }
}

/** @param {string} path */
async function exchange(path) {
  const [older, newer] = [await kept.noteOf(path), await kept.noteOf(kept.nextOf(path))];
  if (!older || !newer?.whole) return;
  const isHere = bytesOf(await kept.segmentsHere(newer), newer.size) === newer.size;
  // The browser cleared part of it away while it waited: it has to be fetched again.
  if (!isHere) return void (await kept.keepNote({ ...newer, whole: false }, kept.nextOf(path)));
  const { captions, whole: _, ...note } = newer;
  const before = captions && (await kept.noteOf(captions.path));
  if (captions) await kept.keepNote(captions);
  // The one step that counts: from here on the newer one plays.
  await kept.keepNote({ ...note, complete: true, going: false });
  await caches.open("saved-recordings").then((cache) => cache.delete(kept.nextOf(path)));
  await kept.forgetSegments(older);
  if (before && kept.placeOf(before) !== kept.placeOf(captions)) await kept.forgetSegments(before);
  globalThis.document?.dispatchEvent(new CustomEvent("recording-kept"));
}
