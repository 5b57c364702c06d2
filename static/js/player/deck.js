// The sound itself: a real <audio>, a place in it, and a way on when it breaks. No Web Audio: iOS
// would stop it in the background.

/**
 * @typedef {object} Tape what is in the deck
 * @property {string} address
 * @property {number} seconds its length
 *
 * @typedef {object} Listener what the deck tells
 * @property {(on: boolean) => void} playing
 * @property {(seconds: number) => void} time where it is now
 * @property {() => void} ended
 * @property {(is: boolean) => void} waiting nothing comes at the moment
 * @property {(is: boolean) => void} stuck nothing comes for a while; the browser keeps trying
 * @property {(wasPlaying: boolean) => void} failed it can't be played; the next play tries again from
 * the same place
 */

/** Silence is shown, and then told of, after so long (ms): seeking takes a moment on any line. */
const MOMENT = 600;
const PATIENCE = 5000;

export class Deck {
  /** Where it is, in seconds; known also before anything is loaded, and after a failure. */
  place = 0;
  /** The place must still be set: nothing is loaded before somebody listens. */
  #isWaiting = false;
  #seconds = 0;
  /** As the events tell; a broken element is paused before it says that it is broken. */
  #isOn = false;
  /** @type {ReturnType<typeof setTimeout>[]} */
  #silence = [];

  /** @param {HTMLAudioElement} audio @param {Listener} listener */
  constructor(audio, listener) {
    this.audio = audio;
    this.listener = listener;
    audio.addEventListener("play", () => this.#turn(true));
    audio.addEventListener("pause", () => this.#turn(false));
    audio.addEventListener("ended", () => listener.ended());
    audio.addEventListener("waiting", () => {
      if (this.#silence.length) return;
      this.#silence = [
        setTimeout(() => listener.waiting(true), MOMENT),
        setTimeout(() => listener.stuck(true), PATIENCE),
      ];
    });
    for (const end of ["playing", "pause", "error"]) {
      audio.addEventListener(end, () => this.#comes());
    }
    audio.addEventListener("loadedmetadata", () => this.#arrive());
    audio.addEventListener("timeupdate", () => {
      if (this.#isWaiting || audio.error) return;
      if (audio.readyState > HTMLMediaElement.HAVE_CURRENT_DATA) this.#comes();
      this.place = audio.currentTime;
      listener.time(this.place);
    });
    audio.addEventListener("error", () => {
      if (!audio.hasAttribute("src")) return;
      const wasPlaying = this.#isOn;
      // Not every broken element says that it no longer plays.
      audio.pause();
      this.#turn(false);
      listener.failed(wasPlaying);
    });
  }

  get isPlaying() {
    return !this.audio.paused;
  }

  /** Take up a tape at a place, and stop what plays. @param {Tape} tape @param {{at?: number, preload?: boolean}} [options] */
  load({ address, seconds }, { at = 0, preload = false } = {}) {
    this.audio.pause();
    // At once: a new address may swallow the event.
    this.#turn(false);
    this.#seconds = seconds;
    this.place = at;
    this.#isWaiting = true;
    this.audio.src = address;
    // After the address: before it, the old one would be fetched.
    this.audio.preload = preload ? "metadata" : "none";
  }

  /** Nothing is in it any more. */
  empty() {
    this.audio.pause();
    this.#turn(false);
    this.place = 0;
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  /** @param {number} seconds */
  goTo(seconds) {
    this.place = Math.min(Math.max(0, seconds), this.#seconds);
    if (this.audio.readyState > 0 && !this.audio.error) this.audio.currentTime = this.place;
    else this.#isWaiting = true;
    return this.place;
  }

  play() {
    if (this.audio.error) {
      this.#isWaiting = true;
      this.audio.load();
    }
    // What goes wrong comes as an error event; a pause meanwhile is no error.
    this.audio.play().catch(() => {});
  }

  pause() {
    this.audio.pause();
  }

  /** @param {boolean} on */
  #turn(on) {
    if (on === this.#isOn) return;
    this.#isOn = on;
    this.listener.playing(on);
  }

  #comes() {
    if (!this.#silence.length) return;
    this.#silence.forEach(clearTimeout);
    this.#silence = [];
    this.listener.waiting(false);
    this.listener.stuck(false);
  }

  #arrive() {
    if (this.#isWaiting && this.place > 0) this.audio.currentTime = this.place;
    this.#isWaiting = false;
  }
}
