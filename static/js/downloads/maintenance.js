// Maintains the saved recordings by itself, once the page is readable.
import { checkSaved } from "./verify.js";
import { activateAll } from "./newer.js";
import { listSaved } from "./recordings.js";
import { checkBegan, checked, isTimeToCheck } from "./check-dates.js";
import { soundsOfQueue } from "./selection.js";
import { isMetered, isWifi } from "./connection.js";
import { cachedLibrary, soundsByAddress } from "./library.js";
import { itemsOf, missingOf } from "./overview.js";
import { readQueue } from "./queue.js";
import { reserveRoom } from "./reserve.js";
import { downloads } from "./manager.js";

/**
 * Continue the downloads. Keep room for words. Check the saved recordings once a week. Fetch missing parts again if "keep everything" was
 * chosen or the browser reports Wi-Fi. Fetch newer versions of saved recordings, and new recordings of the
 * choice, only if it reports Wi-Fi. In all other cases the pages offer these as buttons.
 */
export async function maintain() {
  downloads.begin();
  await activateAll();
  // Words may have needed the room. It is kept again as soon as there is some.
  await reserveRoom().catch((error) => console.info("no room is kept for words", error));
  if (navigator.onLine === false || isMetered()) return;
  if (isTimeToCheck()) {
    await checkSaved({ since: checkBegan() });
    checked();
    await fetchLost();
  }
  if (isWifi()) await fetchNews();
}

/** Add the recordings with missing parts to the queue. */
async function fetchLost() {
  const { state, choice } = readQueue();
  // The user paused saving, so it stays paused.
  if (state === "paused" || !(choice || isWifi())) return;
  const lost = (await listSaved()).filter((recording) => recording.lost);
  if (lost.length) downloads.enqueue(lost.map(({ url }) => url));
}

/** Add newer versions and missing files of the choice to the queue. */
async function fetchNews() {
  const current = readQueue();
  const library = current.state === "paused" ? null : await cachedLibrary();
  if (!library) return;
  const known = soundsByAddress(library);
  const saved = await listSaved((url) => known.get(url)?.sha256);
  const newer = saved
    .filter(({ replaced, url }) => replaced && known.has(url))
    .map(({ url }) => url);
  const chosen = current.choice ? soundsOfQueue(library, current) : [];
  const missing = missingOf(itemsOf(chosen, saved)).map(({ sound }) => sound.address);
  if (missing.length && current.state !== "going") {
    downloads.change({ state: "going", only: "", problem: "" });
  }
  if (newer.length) downloads.enqueue(newer);
}
