// What the app does by itself for what is saved, once the page is readable.
import { checkSaved } from "../offline/checking.js";
import { letAllIn } from "../offline/newer.js";
import { listSaved } from "../offline/recordings.js";
import { checkBegan, checked, isTimeToCheck } from "./check-dates.js";
import { soundsOfPlan } from "./choice.js";
import { isMetered, isWifi } from "./connection.js";
import { keptLibrary, soundsByAddress } from "./library.js";
import { itemsOf, missingOf } from "./overview.js";
import { planAlso, planned } from "./plan.js";
import { session } from "./session.js";

/**
 * Go on with what was asked for; once a week look through what is saved. What is gone is fetched again
 * where "keep everything" was chosen or the browser tells of Wi-Fi; newer recordings and ones that are
 * new come by themselves on Wi-Fi alone. Everywhere else the pages offer it.
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

async function fetchLost() {
  const { state, choice } = planned();
  // Paused by somebody: it stays paused.
  if (state === "paused" || !(choice || isWifi())) return;
  const lost = (await listSaved()).filter((one) => one.lost);
  ask(lost.map(({ url }) => url));
}

async function fetchNews() {
  const now = planned();
  const library = now.state === "paused" ? null : await keptLibrary();
  if (!library) return;
  const known = soundsByAddress(library);
  const saved = await listSaved((url) => known.get(url)?.sha256);
  const newer = saved
    .filter(({ replaced, url }) => replaced && known.has(url))
    .map(({ url }) => url);
  const chosen = now.choice ? soundsOfPlan(library, now) : [];
  const missing = missingOf(itemsOf(chosen, saved)).map(({ sound }) => sound.address);
  ask([...newer, ...missing]);
}

/** @param {string[]} addresses */
function ask(addresses) {
  if (!addresses.length) return;
  planAlso(addresses);
  session.planChanged();
}
