// Plays one sound through a real <audio> element. It keeps the place in the sound and recovers after
// errors. It doesn't use Web Audio, because iOS stops that in the background.

/**
 * @typedef {object} Track the sound to play
 * @property {string} address
 * @property {number} seconds length
 *
 * @typedef {object} Listener the audio player calls these
 * @property {(isPlaying: boolean) => void} playing the sound was started or paused
 * @property {(seconds: number) => void} time the current place
 * @property {() => void} ended the sound reached its end
 * @property {(isWaiting: boolean) => void} waiting no data arrives at the moment
 * @property {(isStuck: boolean) => void} stuck no data has arrived for several seconds; the browser
 * keeps trying
 * @property {(wasPlaying: boolean) => void} failed the sound can't be played; the next call of play
 * tries again from the same place
 */

/** Delays before a stall is reported as waiting, then as stuck. Seeking takes a moment on any connection. In ms. */
const WAITING_DELAY = 600;
const STUCK_DELAY = 5000;
/** A sound that plays and has not moved for this time is stalled, whether or not the browser says so. In ms. */
const STILL_DELAY = 2000;
/** The place may change by less than this while nothing plays. In seconds. */
const STILL = 0.2;

export class AudioPlayer {
  /** The place in the sound, in seconds. It is valid before the sound is loaded and after an error too. */
  place = 0;
  /** `place` must be set once the sound is loaded. Nothing is loaded before somebody plays it. */
  #isPlacePending = false;
  #seconds = 0;
  /** The last state that was reported. A broken element is already paused when its error event fires. */
  #reportedPlaying = false;
  /** @type {ReturnType<typeof setTimeout>[]} */
  #stallTimers = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #stillTimer;
  /** Where the sound was when its movement was looked at last, in seconds. */
  #watchedPlace = 0;

  /** @param {HTMLAudioElement} audio @param {Listener} listener */
  constructor(audio, listener) {
    this.audio = audio;
    this.listener = listener;
    audio.addEventListener("play", () => this.#reportPlaying(true));
    audio.addEventListener("pause", () => this.#reportPlaying(false));
    audio.addEventListener("ended", () => listener.ended());
    audio.addEventListener("waiting", () => this.#beginStall());
    for (const event of ["playing", "pause", "error"]) {
      audio.addEventListener(event, () => this.#endStall());
    }
    for (const event of ["play", "playing"]) {
      audio.addEventListener(event, () => this.#watchMovement());
    }
    audio.addEventListener("loadedmetadata", () => this.#applyPlace());
    audio.addEventListener("timeupdate", () => {
      if (this.#isPlacePending || audio.error) return;
      if (!audio.paused && this.#hasMoved()) this.#goOn();
      this.place = audio.currentTime;
      listener.time(this.place);
    });
    audio.addEventListener("error", () => {
      if (!audio.hasAttribute("src")) return;
      const wasPlaying = this.#reportedPlaying;
      // Not every browser fires a pause event for a broken element.
      audio.pause();
      this.#reportPlaying(false);
      listener.failed(wasPlaying);
    });
  }

  get isPlaying() {
    return !this.audio.paused;
  }

  /**
   * Stop the current sound and prepare another one.
   * @param {Track} track
   * @param {{at?: number, preload?: boolean}} [options] `at`: the place, in seconds; `preload`: load the
   *   length now
   */
  load({ address, seconds }, { at = 0, preload = false } = {}) {
    this.audio.pause();
    // Report this now: setting a new address may cancel the pause event.
    this.#reportPlaying(false);
    this.#seconds = seconds;
    this.place = at;
    this.#isPlacePending = true;
    this.audio.src = address;
    // Set this after the address. Otherwise the browser would fetch the old one.
    this.audio.preload = preload ? "metadata" : "none";
  }

  /** Stop, and unload the sound. */
  empty() {
    this.audio.pause();
    this.#reportPlaying(false);
    this.place = 0;
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  /** Go to a place, within the sound's length. Return that place. @param {number} seconds */
  goTo(seconds) {
    this.place = Math.min(Math.max(0, seconds), this.#seconds);
    if (this.isPlaying) this.#goOn(this.place);
    if (this.audio.readyState > 0 && !this.audio.error) this.audio.currentTime = this.place;
    else this.#isPlacePending = true;
    return this.place;
  }

  play() {
    if (this.audio.error) {
      this.#isPlacePending = true;
      this.audio.load();
    }
    // A failure fires an error event. If a pause interrupts play(), that is no error.
    this.audio.play().catch(() => {});
  }

  /** Load the sound anew, and play on from the same place. */
  playAgain() {
    this.#endStall();
    this.#isPlacePending = true;
    this.audio.load();
    this.play();
  }

  pause() {
    this.audio.pause();
  }

  /** Report a change of state once. @param {boolean} isPlaying */
  #reportPlaying(isPlaying) {
    if (isPlaying === this.#reportedPlaying) return;
    this.#reportedPlaying = isPlaying;
    this.listener.playing(isPlaying);
  }

  /**
   * Begin a stall if the sound doesn't move from now on. WebKitGTK takes a file whose line was cut for whole: the sound
   * stops there without an event.
   * @param {number} [place] of the sound, in seconds
   */
  #watchMovement(place = this.audio.currentTime) {
    this.#watchedPlace = place;
    clearTimeout(this.#stillTimer);
    this.#stillTimer = setTimeout(() => {
      const { paused, ended, error } = this.audio;
      // Loading another sound pauses without an event.
      if (paused || ended || error) return;
      if (this.#hasMoved()) this.#goOn();
      else this.#beginStall(STILL_DELAY);
    }, STILL_DELAY);
  }

  #hasMoved() {
    return Math.abs(this.audio.currentTime - this.#watchedPlace) >= STILL;
  }

  /**
   * End the stall, and look whether another one begins. What the browser says isn't enough: WebKitGTK plays while it
   * waits for more.
   * @param {number} [place] of the sound, in seconds
   */
  #goOn(place) {
    this.#endStall();
    this.#watchMovement(place);
  }

  /** @param {number} [lasted] for how long no data has arrived, in ms */
  #beginStall(lasted = 0) {
    if (this.#stallTimers.length) return;
    this.#watchedPlace = this.audio.currentTime;
    this.#stallTimers = [
      setTimeout(() => this.listener.waiting(true), Math.max(0, WAITING_DELAY - lasted)),
      setTimeout(() => this.listener.stuck(true), STUCK_DELAY - lasted),
    ];
  }

  /** Data arrives again, or is no longer needed: end the stall. */
  #endStall() {
    if (!this.#stallTimers.length) return;
    this.#stallTimers.forEach(clearTimeout);
    this.#stallTimers = [];
    this.listener.waiting(false);
    this.listener.stuck(false);
  }

  /** Apply the pending place, now that the sound is loaded. */
  #applyPlace() {
    if (this.#isPlacePending && this.place > 0) this.audio.currentTime = this.place;
    this.#isPlacePending = false;
  }
}
