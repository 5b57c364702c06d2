// Installing: Chromium offers it by an event, elsewhere the reader is shown how.

/** @typedef {Event & {prompt: () => Promise<void>, userChoice: Promise<{outcome: string}>}} Offer */

/** @type {Offer | null} */
let offer = null;
/** @type {Set<() => void>} */
const listeners = new Set();

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = /** @type {Offer} */ (event);
  for (const listener of listeners) listener();
});

/** Whether the page was opened from the home screen. */
export function isInstalled() {
  const standalone = /** @type {{standalone?: boolean}} */ (navigator).standalone;
  return standalone === true || matchMedia("(display-mode: standalone)").matches;
}

/** Calls back when the browser can install at a tap, at once if it can already; gives how to stop it. @param {() => void} listener */
export function onOffer(listener) {
  listeners.add(listener);
  if (offer) listener();
  return () => void listeners.delete(listener);
}

/** Ask the browser to install; gives whether the reader agreed. */
export async function install() {
  if (!offer) return false;
  const asked = offer;
  offer = null;
  await asked.prompt();
  return (await asked.userChoice).outcome === "accepted";
}

/** "ios", "android" or "other": whose steps come first. */
export function platform() {
  const agent = navigator.userAgent;
  // An iPad says it is a Mac, but Macs have no touch screen.
  if (/iPhone|iPad/.test(agent) || (/Mac/.test(agent) && navigator.maxTouchPoints > 1))
    return "ios";
  return /Android/.test(agent) ? "android" : "other";
}
