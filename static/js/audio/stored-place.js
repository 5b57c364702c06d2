// Stores how far the listener has come in a sound.
import { recall, rememberPlace } from "./preferences.js";

/** How often the place is stored while the sound plays, in seconds. */
const INTERVAL = 5;

export class StoredPlace {
  /** Names the recording and its version. */
  #key = "";
  /** In seconds. */
  #stored = 0;
  /**
   * The place, in seconds, at which the listener stopped the last time. It is offered, and stays stored until the sound
   * has passed it.
   */
  #earlier = 0;

  /**
   * Begin with a sound.
   * @param {string} key "slug/version"
   * @param {number} at in seconds
   * @param {boolean} again it is the same sound as before, loaded anew
   */
  begin(key, at, again) {
    this.#key = key;
    this.#stored = at;
    if (!again) this.#earlier = at ? 0 : (recall().stopped?.[key] ?? 0);
  }

  /** Store the place if the last one is some seconds away. @param {number} place @returns {boolean} whether it was due */
  update(place) {
    const isDue = Math.abs(place - this.#stored) >= INTERVAL;
    if (isDue) this.store(place);
    return isDue;
  }

  /** @param {number} place in seconds */
  store(place) {
    // A tab that was paused must not store its place again: another one may have played on.
    const isNew = place !== this.#stored;
    this.#stored = place;
    if (place >= this.#earlier) this.#earlier = 0;
    if (this.#key && isNew && place > this.#earlier) rememberPlace(this.#key, place);
  }

  /** The sound was heard to its end, so there is no place to go on from. */
  forget() {
    rememberPlace(this.#key, 0);
  }
}
