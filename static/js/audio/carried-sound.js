// The sound that goes along when a link opens the next page as a new document. The note about it stays in this tab,
// and counts for seconds only. Keep this module small: every page loads it.

/** @typedef {import("./files.js").Recording} Recording */
/** @typedef {import("./files.js").Sound} Sound */

/**
 * @typedef {object} CarriedSound
 * @property {Recording} recording
 * @property {Sound} sound
 * @property {number} place in seconds
 * @property {boolean} isPlaying
 * @property {number} noted when it was noted, in ms since 1970
 */

const KEY = "carried-sound";
/** A note that is older than this belongs to an earlier visit. In ms. */
const LASTS = 30_000;

/** @param {CarriedSound} sound */
export function carry(sound) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(sound));
  } catch {
    // The browser refuses storage. The sound ends with its page.
  }
}

/**
 * Return the sound that the page before this one has passed on, and forget it.
 * @param {number} [now] ms since 1970
 * @returns {CarriedSound | null}
 */
export function takeCarried(now = Date.now()) {
  try {
    const carried = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    sessionStorage.removeItem(KEY);
    return carried && Math.abs(now - carried.noted) < LASTS ? carried : null;
  } catch {
    return null;
  }
}
