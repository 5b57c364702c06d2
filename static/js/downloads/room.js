// Makes room for the reader's words when the browser refuses to store them. Only what can be fetched again goes. Pages
// that open, and recordings that are saved completely, stay.
import { dropSnapshot, giveUp, idleSnapshots } from "./give-up.js";
import { downloads } from "./manager.js";
import { readQueue } from "./queue.js";
import { releaseRoom } from "./reserve.js";
import * as store from "./store.js";

/**
 * Make room: by unfinished snapshots, else by the room that was kept for words, else by half-saved recordings, else by
 * complete snapshots that no new page opens from. Call it again while the words don't fit.
 * @returns {Promise<boolean>} whether anything was deleted
 */
export async function makeRoom() {
  pauseSaving();
  return (
    (await dropSnapshots("unfinished")) ||
    (await releaseRoom()) ||
    (await dropHalfSaved()) ||
    (await dropSnapshots("former")) ||
    (await dropSnapshots("waiting"))
  );
}

/** Stop saving recordings. They would take the room that is made. */
function pauseSaving() {
  if (readQueue().state !== "going") return;
  downloads.change({ state: "paused", problem: "storage_full" });
}

/** @param {import("./give-up.js").Idle["state"]} state */
async function dropSnapshots(state) {
  let isAnything = false;
  for (const snapshot of await idleSnapshots()) {
    if (snapshot.state !== state) continue;
    // A former one is older than the pages that open, so it isn't fetched again.
    const drop = state === "former" ? dropSnapshot : giveUp;
    isAnything = (await drop(snapshot)) || isAnything;
  }
  return isAnything;
}

/** Delete recordings, and newer versions of recordings, that are saved in part. */
async function dropHalfSaved() {
  let isAnything = false;
  for (const { note, next } of await store.everything()) {
    if (note.complete && (!next || next.whole)) continue;
    await (note.complete ? store.forgetNext(note.path) : store.forget(note.path));
    isAnything = true;
  }
  if (isAnything) document.dispatchEvent(new CustomEvent("recordings-changed"));
  return isAnything;
}
