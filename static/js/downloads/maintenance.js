// Maintains the saved recordings by itself, once the page is readable.
import { checkSaved } from "./verify.js";
import { letAllIn } from "./newer.js";
import { listSaved } from "./recordings.js";
import { checkBegan, checked, isTimeToCheck } from "./check-dates.js";
import { soundsOfPlan } from "./selection.js";
import { isMetered, isWifi } from "./connection.js";
import { keptLibrary, soundsByAddress } from "./library.js";
import { itemsOf, missingOf } from "./overview.js";
import { planAlso, planned } from "./queue.js";
import { session } from "./manager.js";

/**
 * Continue the plan. Check the saved recordings once a week. Fetch missing parts again if "keep everything" was
 * chosen or the browser reports Wi-Fi. Fetch newer versions of saved recordings, and new recordings of the
 * choice, only if it reports Wi-Fi. In all other cases the pages offer these as buttons.
 */
export async function tend() {
  session.begin();
  await letAllIn();
  if (navigator.onLine === false || isMetered()) return;
  if (isTimeToCheck()) {
    await checkSaved({ since: checkBegan() });
    checked();
    await fetchLost();
  }
  if (isWifi()) await fetchNews();
}

/** Add the recordings with missing parts to the plan. */
async function fetchLost() {
  const { state, choice } = planned();
  // The user paused saving, so it stays paused.
  if (state === "paused" || !(choice || isWifi())) return;
  const lost = (await listSaved()).filter((recording) => recording.lost);
  request(lost.map(({ url }) => url));
}

/** Add newer versions and missing files of the choice to the plan. */
async function fetchNews() {
  const current = planned();
  const library = current.state === "paused" ? null : await keptLibrary();
  if (!library) return;
  const known = soundsByAddress(library);
  const saved = await listSaved((url) => known.get(url)?.sha256);
  const newer = saved
    .filter(({ replaced, url }) => replaced && known.has(url))
    .map(({ url }) => url);
  const chosen = current.choice ? soundsOfPlan(library, current) : [];
  const missing = missingOf(itemsOf(chosen, saved)).map(({ sound }) => sound.address);
  request([...newer, ...missing]);
}

/** @param {string[]} addresses */
function request(addresses) {
  if (!addresses.length) return;
  planAlso(addresses);
  session.planChanged();
}
