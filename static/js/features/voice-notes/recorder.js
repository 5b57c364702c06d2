// Records the microphone into a voice note (data/voice-notes.js) and stores the sound every second. If the microphone
// fails, everything recorded until then stays stored.

/** @import { Take } from "../../data/voice-notes.js" */

/**
 * @typedef {"asked" | "limit" | "lost" | "full" | "failed"} Ending why recording stopped. "asked": the reader stopped
 *   it; "lost": the microphone failed; "full" and "failed": the sound could not be stored on this phone
 * @typedef {"asked" | "hidden" | "muted"} Pausing why recording paused. "asked": the reader paused it; "hidden": the
 *   page was hidden; "muted": a call or another app uses the microphone
 *
 * @typedef {object} Listener
 * @property {(why: Pausing) => void} paused
 * @property {() => void} resumed
 * @property {(why: Ending) => void} stopped called after all sound that could be stored was stored
 *
 * @typedef {Pick<MediaRecorder, "start" | "pause" | "resume" | "stop" | "state" | "addEventListener">} Machine
 */

/** The greatest length of a recording, in ms. */
export const LIMIT = 10 * 60_000;

/** How often the sound is stored. If the phone dies, no more than this is lost. In ms. */
const SLICE = 1000;

export class Recorder {
  #machine;
  #stream;
  #take;
  #listener;
  #now;
  /** @type {Ending | null} */
  #ending = null;
  /** The recorded time until the last pause, in ms. */
  #recordedBefore = 0;
  /** When recording last started or resumed, in ms. null while it is paused or stopped. @type {number | null} */
  #runningSince = null;

  /**
   * @param {Machine} machine a MediaRecorder
   * @param {MediaStream} stream the microphone
   * @param {Take} take stores the sound
   * @param {Listener} listener
   * @param {() => number} [now] the clock, in ms
   */
  constructor(machine, stream, take, listener, now = () => performance.now()) {
    this.#machine = machine;
    this.#stream = stream;
    this.#take = take;
    this.#listener = listener;
    this.#now = now;
    machine.addEventListener("dataavailable", (event) => this.#store(event.data));
    machine.addEventListener("stop", () => void this.#end());
    machine.addEventListener("error", () => this.stop("lost"));
    for (const track of stream.getAudioTracks()) {
      track.addEventListener("ended", () => this.stop("lost"));
      track.addEventListener("mute", () => this.pause("muted"));
    }
  }

  start() {
    this.#runningSince = this.#now();
    try {
      this.#machine.start(SLICE);
    } catch (error) {
      // The microphone failed at this moment.
      console.error("recording did not begin", error);
      void this.#end();
    }
  }

  get isRunning() {
    return this.#runningSince !== null;
  }

  /** The recorded time so far, without pauses, in ms. */
  get elapsed() {
    const running = this.#runningSince === null ? 0 : this.#now() - this.#runningSince;
    return Math.min(LIMIT, this.#recordedBefore + running);
  }

  #stopClock() {
    this.#recordedBefore = this.elapsed;
    this.#runningSince = null;
  }

  /** @param {Pausing} [why] */
  pause(why = "asked") {
    if (!this.isRunning) return;
    this.#stopClock();
    this.#machine.pause();
    this.#enableTracks(false);
    this.#listener.paused(why);
  }

  resume() {
    if (this.isRunning || this.#ending) return;
    this.#enableTracks(true);
    this.#runningSince = this.#now();
    this.#machine.resume();
    this.#listener.resumed();
  }

  /** @param {Ending} [why] */
  stop(why = "asked") {
    if (this.#ending) return;
    this.#stopClock();
    this.#ending = why;
    // An inactive machine stopped with its track. Its "stop" event has fired already or will fire.
    if (this.#machine.state !== "inactive") this.#machine.stop();
  }

  /** Switch the microphone's tracks on or off. They are off while recording is paused. @param {boolean} isEnabled */
  #enableTracks(isEnabled) {
    for (const track of this.#stream.getAudioTracks()) track.enabled = isEnabled;
  }

  /** @param {Blob} sound */
  #store(sound) {
    // Some browsers send an empty piece now and then.
    if (!sound.size) return;
    this.#take.add(sound, this.elapsed).catch((error) => {
      console.error("storing the recording failed", error);
      this.stop(error?.code === "storage_full" ? "full" : "failed");
    });
    if (this.elapsed >= LIMIT) this.stop("limit");
  }

  async #end() {
    this.#stopClock();
    // If nothing else stopped it, the microphone failed.
    this.#ending ??= "lost";
    for (const track of this.#stream.getTracks()) track.stop();
    await this.#take.stop(this.elapsed).catch(() => {
      // The next visit finds the recording and treats it as cut off.
    });
    this.#listener.stopped(this.#ending);
  }
}
