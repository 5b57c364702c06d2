// Plays what was recorded here: out of memory, since it lies sealed in storage.
import { join } from "../data/seal.js";
import { gettext } from "../lib/messages.js";
import { playerKeys } from "../player/keys.js";
import { Panel } from "../player/panel.js";
import { withCues, withDuration } from "./webm.js";

/** @import { Letter } from "../data/letters.js" */
/** @import { Bytes } from "../data/base64.js" */

/** Farther than any recording goes, seconds. */
const BEYOND = 360_000;
/** How long a browser may look for a recording's end, ms. */
const PATIENCE = 4000;

export class Playback {
  #audio = document.createElement("audio");
  #address = "";
  #place = 0;
  #isReady = false;
  /** Tapped before it was ready. */
  #isWanted = false;

  /**
   * @param {HTMLElement} element a player
   * @param {Letter} letter
   * @param {AbortSignal} signal ends it
   */
  constructor(element, letter, signal) {
    this.letter = letter;
    this.panel = new Panel(element, this);
    this.panel.setTotal(this.#total);
    this.panel.showTime(0);
    playerKeys(element, this, signal);
    const audio = this.#audio;
    // In the page, so that what hides the page silences it.
    element.append(audio);
    for (const event of ["play", "pause", "ended"]) {
      audio.addEventListener(event, () => this.panel.showPlaying(!audio.paused, false));
    }
    audio.addEventListener("play", () => void this.#hush(signal));
    audio.addEventListener("error", () => audio.src && this.#fail());
    signal.addEventListener("abort", () => this.#close());
  }

  /** @param {Bytes[]} sound */
  async load(sound) {
    const told = withCues(withDuration(join(sound), this.letter.ms));
    this.#address = URL.createObjectURL(new Blob([told], { type: this.letter.type }));
    this.#audio.src = this.#address;
    await findEnd(this.#audio);
    this.#audio.addEventListener("timeupdate", () => this.#moved());
    this.#audio.addEventListener("ended", () => (this.#place = 0));
    this.#isReady = true;
    this.goTo(this.#place);
    if (this.#isWanted) this.play();
  }

  get #total() {
    return this.letter.ms / 1000;
  }

  toggle = () => (this.#audio.paused ? this.play() : this.#audio.pause());

  play = () => {
    this.#isWanted = true;
    if (!this.#isReady) return;
    // What goes wrong comes as an error event; a pause meanwhile is no error.
    this.#audio.play().catch(() => {});
  };

  /** @param {number} seconds */
  skip = (seconds) => this.goTo(this.#place + seconds);

  /** @param {number} seconds */
  goTo = (seconds) => {
    this.#place = Math.min(Math.max(0, seconds), this.#total);
    if (this.#isReady) this.#audio.currentTime = this.#place;
    this.panel.showTime(this.#place, { asked: true });
  };

  /** Hand it out as a file. @param {string} name without ending */
  download(name) {
    const link = document.createElement("a");
    link.href = this.#address;
    link.download = `${name}.${endingOf(this.letter.type)}`;
    link.click();
  }

  #moved() {
    this.#place = this.#audio.currentTime;
    this.panel.showTime(this.#place);
  }

  #fail() {
    this.panel.showProblem(
      gettext("This browser can’t play the recording. It is still on this phone."),
    );
  }

  /** One voice at a time: the therapist's stops, and the other way round. @param {AbortSignal} signal */
  async #hush(signal) {
    const mini = document.querySelector("[data-mini]");
    if (!(mini instanceof HTMLElement) || mini.hidden) return;
    const session = (await import("../player/listening.js")).listening();
    session.pause();
    session.onChange(() => session.isPlaying && this.#audio.pause(), signal);
  }

  #close() {
    this.#audio.pause();
    this.#audio.removeAttribute("src");
    // A download that has begun reads on for a moment.
    setTimeout(() => URL.revokeObjectURL(this.#address), 60_000);
  }
}

/**
 * What a browser records doesn't say how long it is, and can't be moved about in before its end was seen: so look there
 * once, and come back.
 *
 * @param {HTMLAudioElement} audio
 */
async function findEnd(audio) {
  await happens(audio, "loadedmetadata");
  if (Number.isFinite(audio.duration)) return;
  const found = happens(audio, "durationchange");
  audio.currentTime = BEYOND;
  await found;
  const back = happens(audio, "seeked");
  audio.currentTime = 0;
  await back;
}

/** @param {HTMLAudioElement} audio @param {string} event @returns {Promise<void>} at the latest when patience ends */
function happens(audio, event) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    for (const name of [event, "error"]) audio.addEventListener(name, done, { once: true });
  });
}

/** @param {string} type MIME type */
export function endingOf(type) {
  if (type.startsWith("audio/mp4")) return "m4a";
  return type.startsWith("audio/ogg") ? "ogg" : "webm";
}
