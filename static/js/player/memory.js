// Where the listener stopped, and the voice, speed and version they like. Stays on this phone.

const KEY = "listening";

/**
 * @typedef {object} Listening
 * @property {string} [voice] as voiceName of player/voices.js gives it: the one chosen last
 * @property {Record<string, string>} [voices] the same by the language that is spoken
 * @property {number} [speed]
 * @property {boolean} [asSpoken] words in the language of the voice, where it isn't the page's
 * @property {Record<string, string>} [versions] slug -> "full" or "short", where somebody chose
 * @property {{slug: string, version: string}} [last] what was listened to last
 * @property {Record<string, number>} [stopped] "slug/version" -> seconds
 */

/** @returns {Listening} */
export function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Listening} changes */
export function remember(changes) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...changes }));
  } catch {
    // No room or not allowed: listening goes on, only the place is forgotten.
  }
}

/** @param {string} name "slug/version" @param {number} seconds 0 forgets it */
export function rememberPlace(name, seconds) {
  const { [name]: _, ...stopped } = recall().stopped ?? {};
  remember({ stopped: seconds > 0 ? { ...stopped, [name]: Math.floor(seconds) } : stopped });
}

/** @param {string} slug @param {string} version */
export function rememberVersion(slug, version) {
  remember({ versions: { ...recall().versions, [slug]: version } });
}
