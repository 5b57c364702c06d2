// What happens at both ends of a recording in the listening mode: a bell and a short vibration, if the listener wants
// them. A recording that a computer speaks has its bells inside; without a bell, the listener begins after the first
// one and stops before the last one.
import { recall, remember } from "../../../audio/preferences.js";
import { Bell } from "./bell.js";

/** @typedef {import("../../../audio/listening.js").Listening} Listening */
/** @typedef {import("../../../audio/files.js").Sound} Sound */

/** How much of the silence beside a bell is left, in seconds. */
const MARGIN = 0.5;
/** The last bell begins so long after the last phrase, in seconds (hearth_cft/tools/recordings/timeline.py). */
const BEFORE_LAST_BELL = 2;
/** A recording begins if it plays from before this place, in seconds. */
const START = 1;
/** In ms. */
const VIBRATION = 120;
/** How long a bell rings on, in seconds. */
const RINGS_ON = 4;

export class Ends {
  #sound;
  #bell = new Bell();
  #hasBegun = false;

  /** @param {Sound} sound */
  constructor(sound) {
    this.#sound = sound;
  }

  get hasBell() {
    return recall().bell ?? Boolean(this.#sound.isGenerated);
  }

  get vibrates() {
    return recall().vibrates ?? false;
  }

  /** Whether the light keeps still, though the script breathes. */
  get isStill() {
    return recall().still ?? false;
  }

  /** @param {{bell?: boolean, vibrates?: boolean, still?: boolean}} changes */
  choose(changes) {
    remember(changes);
    this.prepare();
  }

  /** Get the bell ready. Call this in a tap. */
  prepare() {
    if (this.hasBell && !this.#sound.isGenerated) this.#bell.prepare();
  }

  /** The recording plays. @param {Listening} session */
  follow(session) {
    const { place } = session;
    if (!this.#hasBegun && place < START) this.ring();
    this.#hasBegun = place >= START;
    if (this.hasBell || !this.#sound.isGenerated) return;
    const [first, last] = [session.captions.times[0], session.captions.times.at(-1)];
    if (!first || !last) return;
    if (place < first.start - 2 * MARGIN) session.goTo(first.start - MARGIN);
    else if (place > last.end + BEFORE_LAST_BELL - MARGIN) session.goTo(this.#sound.seconds);
  }

  /** Ring and vibrate. Return whether the bell rings. */
  ring() {
    if (this.vibrates) navigator.vibrate?.(VIBRATION);
    const rings = this.hasBell && !this.#sound.isGenerated;
    if (rings) this.#bell.ring();
    return rings;
  }

  close() {
    this.#bell.end(RINGS_ON);
  }
}
