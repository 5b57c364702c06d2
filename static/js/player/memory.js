// Where the listener stopped, and the voice and speed they like. Stays on this phone.

const KEY = "listening";

/**
 * @typedef {object} Listening
 * @property {string} [voice]
 * @property {number} [speed]
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
