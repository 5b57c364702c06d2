// Plays the silences of a sound slower or faster, so that they get longer or shorter. The sound never pauses for that:
// phones stop a page whose sound pauses while the screen is off.
import { stretchesOf, Timeline } from "./elastic.js";

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

/** @typedef {import("./pace.js").Pace} Pace */

/** Give the silences of a sound their length, once its captions are here. @param {Pace} pace */
export async function stretch(pace) {
  const { captions } = pace;
  if (!(await captions?.ready()) || captions !== pace.captions) return;
  pace.stretched?.end();
  pace.stretched = pace.silence === 1 ? undefined : new Stretched(pace);
  pace.apply();
  pace.changed();
}

export class Stretched {
  timeline = new Timeline([], 0);
  #pace;
  #ending = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Pace} pace */
  constructor(pace) {
    this.#pace = pace;
    const { signal } = this.#ending;
    for (const event of ["playing", "pause", "seeked", "timeupdate"]) {
      pace.audio.addEventListener(event, this.apply, { signal });
    }
    const again = () => {
      this.#measure();
      this.apply();
      pace.changed();
    };
    document.addEventListener("visibilitychange", again, { signal });
    this.#measure();
  }

  #measure() {
    const { captions, seconds, silence } = this.#pace;
    const hidden = silence > 1 ? BEFORE_HIDDEN.longer : BEFORE_HIDDEN.shorter;
    const before = document.hidden ? hidden : BEFORE;
    this.timeline = new Timeline(stretchesOf(captions?.times ?? [], silence, before), seconds);
  }

  /** Set the speed of this place, and come back where it changes. */
  apply = () => {
    clearTimeout(this.#timer);
    const { audio, speed } = this.#pace;
    const { paused, currentTime } = audio;
    const { pace, until } = this.timeline.paceAt(currentTime);
    // What pauses in a silence may play on anywhere.
    const rate = Math.min(FASTEST, Math.max(SLOWEST, paused ? speed : speed / pace));
    if (audio.playbackRate !== rate) audio.playbackRate = rate;
    if (paused || until <= currentTime) return;
    this.#timer = setTimeout(this.apply, Math.max(10, ((until - currentTime) / rate) * 1000));
  };

  end() {
    clearTimeout(this.#timer);
    this.#ending.abort();
  }
}
