// Remembers where the listener stopped, and their voice, speed and version. The data stays on this phone, in
// localStorage.

const KEY = "listening";

/**
 * @typedef {object} Listening
 * @property {string} [voice] the voice that was chosen last, as voiceOf of audio/voices.js gives it
 * @property {Record<string, string>} [voices] language -> the voice that was chosen last in it
 * @property {number} [speed]
 * @property {number} [silence] how much silence there is between phrases, 0.5 to 2
 * @property {boolean} [bell] in the listening mode, a bell rings at both ends
 * @property {boolean} [vibrates] in the listening mode, the phone vibrates at both ends
 * @property {boolean} [still] in the listening mode, the light keeps still
 * @property {boolean} [asSpoken] show the transcript in the language of the voice, if it isn't the page's
 * @property {Record<string, string>} [versions] slug -> "full" or "short", if somebody chose one
 * @property {{slug: string, version: string}} [last] the recording that was played last
 * @property {Record<string, number>} [stopped] "slug/version" -> seconds
 */

/** Read everything. Return an empty object if nothing is stored or storage is refused. @returns {Listening} */
export function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** Store some values and leave the others as they are. @param {Listening} changes */
export function remember(changes) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...changes }));
  } catch {
    // Storage is full or refused. Playing goes on; these values are lost.
  }
}

/** @param {string} name "slug/version" @param {number} seconds 0 deletes it */
export function rememberPlace(name, seconds) {
  const { [name]: _, ...stopped } = recall().stopped ?? {};
  remember({ stopped: seconds > 0 ? { ...stopped, [name]: Math.floor(seconds) } : stopped });
}

/** @param {string} slug @param {string} version */
export function rememberVersion(slug, version) {
  remember({ versions: { ...recall().versions, [slug]: version } });
}
