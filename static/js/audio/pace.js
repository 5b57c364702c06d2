// How fast the sound plays: at the speed that the listener chose, and in the silences faster or slower, so that they get
// shorter or longer. The sound never pauses for that: phones stop a page whose sound pauses while the screen is off.
import { stretchesOf, Timeline } from "./elastic.js";
import { recall, remember } from "./preferences.js";

/** @typedef {import("./captions.js").Captions} Captions */

/** How much of a silence before a phrase stays as it is, in seconds: the timer that ends the change may be late. */
const BEFORE = 0.4;
/**
 * The same while the page is hidden, for longer and for shorter silences: a browser may then call timers once a second
 * only.
 */
const BEFORE_HIDDEN = { longer: 1.2, shorter: 2.5 };
/** The limits within which every browser changes the speed. */
const SLOWEST = 0.25;
const FASTEST = 4;

export class Pace {
  #audio;
  #changed;
  /** @type {Captions | undefined} */
  #captions;
  #seconds = 0;
  #timeline = new Timeline([], 0);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLAudioElement} audio @param {() => void} changed called when the length has changed */
  constructor(audio, changed) {
    this.#audio = audio;
    this.#changed = changed;
    for (const event of ["playing", "pause", "seeked", "timeupdate"]) {
      audio.addEventListener(event, this.#apply);
    }
    document.addEventListener("visibilitychange", () => this.silence !== 1 && this.#measure());
  }

  /** 1 is the recorded speed. */
  get speed() {
    return recall().speed ?? 1;
  }

  /** How much silence there is between the phrases: 1 is as much as in the recording, 2 twice as much. */
  get silence() {
    return recall().silence ?? 1;
  }

  /** How long it takes to listen to the sound at the recorded speed, in seconds. */
  get length() {
    return this.#timeline.length;
  }

  /** @param {number} place in the sound @returns {number} seconds of listening */
  toListening(place) {
    return this.#timeline.toListening(place);
  }

  /** @param {number} time of listening, in seconds @returns {number} the place in the sound */
  toSound(time) {
    return this.#timeline.toSound(time);
  }

  /** Begin with a sound. @param {Captions} captions @param {number} seconds its length */
  begin(captions, seconds) {
    this.#captions = captions;
    this.#seconds = seconds;
    this.#timeline = new Timeline([], seconds);
    this.#apply();
    if (this.silence !== 1) void this.measure();
  }

  /** @param {number} speed */
  setSpeed(speed) {
    remember({ speed });
    this.#apply();
  }

  /** @param {number} silence */
  async setSilence(silence) {
    remember({ silence });
    await this.measure();
  }

  /** Find the silences, once the captions are here. */
  async measure() {
    const captions = this.#captions;
    if ((await captions?.ready()) && captions === this.#captions) this.#measure();
  }

  #measure() {
    const { silence } = this;
    const hidden = silence > 1 ? BEFORE_HIDDEN.longer : BEFORE_HIDDEN.shorter;
    const stretches =
      silence === 1
        ? []
        : stretchesOf(this.#captions?.times ?? [], silence, document.hidden ? hidden : BEFORE);
    const { length } = this;
    this.#timeline = new Timeline(stretches, this.#seconds);
    this.#apply();
    if (length !== this.length) this.#changed();
  }

  /** Set the speed of this place, and come back where it changes. */
  #apply = () => {
    clearTimeout(this.#timer);
    const { paused, currentTime } = this.#audio;
    const { pace, until } = this.#timeline.paceAt(currentTime);
    // What pauses in a silence may play on anywhere.
    const rate = Math.min(FASTEST, Math.max(SLOWEST, paused ? this.speed : this.speed / pace));
    if (this.#audio.playbackRate !== rate) this.#audio.playbackRate = rate;
    // Loading a broken file again resets the speed to this one.
    this.#audio.defaultPlaybackRate = this.speed;
    if (paused || this.silence === 1 || until <= currentTime) return;
    this.#timer = setTimeout(this.#apply, Math.max(10, ((until - currentTime) / rate) * 1000));
  };
}
