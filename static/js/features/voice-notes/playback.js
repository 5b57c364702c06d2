// Plays a voice note. The stored sound is encrypted, so this module decrypts it and plays it from memory.
import { join } from "../../data/seal.js";
import { gettext } from "../../platform/i18n.js";
import { playerKeys } from "../../audio/keys.js";
import { oneSound } from "../../audio/one-sound.js";
import { PlayerControls } from "../../audio/controls.js";

/** @import { VoiceNote } from "../../data/voice-notes.js" */
/** @import { Bytes } from "../../data/base64.js" */

/** A place beyond the end of every recording, in seconds. */
const PAST_END = 360_000;
/** How long to wait while the browser looks for the end of a recording, in ms. */
const END_TIMEOUT = 4000;

export class Playback {
  #audio = document.createElement("audio");
  #address = "";
  /** In seconds. */
  #place = 0;
  #isReady = false;
  /** The reader has pressed play. The sound may not be ready yet. */
  #isPlayWanted = false;

  /**
   * @param {HTMLElement} element the player
   * @param {VoiceNote} voiceNote
   * @param {AbortSignal} signal stops the sound
   */
  constructor(element, voiceNote, signal) {
    this.voiceNote = voiceNote;
    this.signal = signal;
    this.panel = new PlayerControls(element, this);
    this.panel.setTotal(this.#total);
    this.panel.showTime(0);
    playerKeys(element, this, signal);
    const audio = this.#audio;
    // Put it in the page, because hiding the page pauses every <audio> in it (features/settings/hide.component.js).
    element.append(audio);
    for (const event of ["play", "pause", "ended"]) {
      audio.addEventListener(event, () => this.panel.showPlaying(!audio.paused, false));
    }
    audio.addEventListener(
      "play",
      oneSound(() => audio.pause(), signal),
    );
    audio.addEventListener("error", () => audio.src && this.#showFailure());
    signal.addEventListener("abort", () => this.#close());
  }

  /** Load the sound. Play it if play was pressed meanwhile. @param {Bytes[]} sound the pieces in their order */
  async load(sound) {
    const { withCues, withDuration } = await import("./webm.js");
    if (this.signal.aborted) return;
    const seekable = withCues(withDuration(join(sound), this.voiceNote.ms));
    this.#address = URL.createObjectURL(new Blob([seekable], { type: this.voiceNote.type }));
    this.#audio.src = this.#address;
    await findEnd(this.#audio);
    this.#audio.addEventListener("timeupdate", () => this.#onTimeUpdate());
    this.#audio.addEventListener("ended", () => (this.#place = 0));
    this.#isReady = true;
    this.goTo(this.#place);
    if (this.#isPlayWanted) this.play();
  }

  get #total() {
    return this.voiceNote.ms / 1000;
  }

  toggle = () => (this.#audio.paused ? this.play() : this.#audio.pause());

  play = () => {
    this.#isPlayWanted = true;
    if (!this.#isReady) return;
    // A failure fires an error event. If a pause interrupts play(), that is no error.
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

  /** Download the recording as a file. @param {string} name without extension */
  download(name) {
    const link = document.createElement("a");
    link.href = this.#address;
    link.download = `${name}.${endingOf(this.voiceNote.type)}`;
    link.click();
  }

  #onTimeUpdate() {
    this.#place = this.#audio.currentTime;
    this.panel.showTime(this.#place);
  }

  #showFailure() {
    this.panel.showProblem(
      gettext("This browser can’t play the recording. It is still on this phone."),
    );
  }

  #close() {
    this.#audio.pause();
    this.#audio.removeAttribute("src");
    // A download that has begun still reads from this address for a moment.
    setTimeout(() => URL.revokeObjectURL(this.#address), 60_000);
  }
}

/**
 * Make the browser find the length of a recording. A browser's own recording doesn't state its length, and seeking in
 * it works only after the browser has seen its end. So seek to the end once, then go back.
 *
 * @param {HTMLAudioElement} audio
 */
async function findEnd(audio) {
  await waitFor(audio, "loadedmetadata");
  if (Number.isFinite(audio.duration)) return;
  const durationKnown = waitFor(audio, "durationchange");
  audio.currentTime = PAST_END;
  await durationKnown;
  const seekedBack = waitFor(audio, "seeked");
  audio.currentTime = 0;
  await seekedBack;
}

/**
 * Wait for an event or an error, but no longer than the limit.
 * @param {HTMLAudioElement} audio
 * @param {string} event
 * @returns {Promise<void>}
 */
function waitFor(audio, event) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, END_TIMEOUT);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    for (const name of [event, "error"]) audio.addEventListener(name, done, { once: true });
  });
}

/** Return the file extension. @param {string} type MIME type */
export function endingOf(type) {
  if (type.startsWith("audio/mp4")) return "m4a";
  return type.startsWith("audio/ogg") ? "ogg" : "webm";
}
