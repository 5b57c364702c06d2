// Installs the app on the home screen. Chromium browsers fire an event when they can install it. In other browsers the
// reader gets instructions.

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

/** Return whether the page was opened from the home screen. */
export function isInstalled() {
  const standalone = /** @type {{standalone?: boolean}} */ (navigator).standalone;
  return standalone === true || matchMedia("(display-mode: standalone)").matches;
}

/**
 * Call the listener when the browser can install the app at a tap, or at once if it already can. Return a function
 * that removes the listener.
 * @param {() => void} listener
 */
export function onOffer(listener) {
  listeners.add(listener);
  if (offer) listener();
  return () => void listeners.delete(listener);
}

/** Ask the browser to install the app. Return whether the reader agreed. */
export async function install() {
  if (!offer) return false;
  const event = offer;
  offer = null;
  await event.prompt();
  return (await event.userChoice).outcome === "accepted";
}

/** Return the platform of this phone: "ios", "android" or "other". */
export function platform() {
  const agent = navigator.userAgent;
  // iPads identify as Macs. Only iPads have a touch screen.
  if (/iPhone|iPad/.test(agent) || (/Mac/.test(agent) && navigator.maxTouchPoints > 1))
    return "ios";
  return /Android/.test(agent) ? "android" : "other";
}
