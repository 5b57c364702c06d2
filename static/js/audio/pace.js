// How fast the sound plays: at the speed that the listener chose, and with as much silence between the phrases.
import { recall, remember } from "./preferences.js";

/** @typedef {import("./captions.js").Captions} Captions */

export class Pace {
  /** @type {Captions | undefined} */
  captions;
  /** The length of the sound. */
  seconds = 0;
  /** Undefined while the silences are as in the recording. @type {import("./stretched.js").Stretched | undefined} */
  stretched;

  /** @param {HTMLAudioElement} audio @param {() => void} changed called when the length has changed */
  constructor(audio, changed) {
    this.audio = audio;
    this.changed = changed;
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
    return this.stretched?.timeline.length ?? this.seconds;
  }

  /** @param {number} place in the sound @returns {number} seconds of listening */
  toListening(place) {
    return this.stretched?.timeline.toListening(place) ?? place;
  }

  /** @param {number} time of listening, in seconds @returns {number} the place in the sound */
  toSound(time) {
    return this.stretched?.timeline.toSound(time) ?? time;
  }

  /** Begin with a sound. @param {Captions} captions @param {number} seconds its length */
  begin(captions, seconds) {
    this.stretched?.end();
    Object.assign(this, { captions, seconds, stretched: undefined });
    this.apply();
    void this.stretch();
  }

  /** @param {number} speed */
  setSpeed(speed) {
    remember({ speed });
    this.apply();
  }

  /** Give the silences their length, once the captions are here. Without a connection, they may stay as recorded. */
  async stretch() {
    if (this.silence === 1 && !this.stretched) return;
    await import("./stretched.js").then(({ stretch }) => stretch(this)).catch(() => {});
  }

  apply() {
    // Loading a broken file again resets the speed to this one.
    this.audio.defaultPlaybackRate = this.speed;
    if (this.stretched) this.stretched.apply();
    else this.audio.playbackRate = this.speed;
  }
}
