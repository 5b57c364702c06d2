// Records into a letter, a second at a time. Whatever happens to the microphone, what was said until then
// is kept.

/** @import { Take } from "../data/letters.js" */

/**
 * @typedef {"asked" | "limit" | "lost" | "full" | "failed"} Ending why it stopped: "lost" is the microphone, "full" and
 *   "failed" are this phone's storage
 * @typedef {"asked" | "hidden" | "muted"} Pausing why it waits: "muted" is another app or a call
 *
 * @typedef {object} Listener
 * @property {(why: Pausing) => void} paused
 * @property {() => void} resumed
 * @property {(why: Ending) => void} stopped everything that could be stored is
 *
 * @typedef {Pick<MediaRecorder, "start" | "pause" | "resume" | "stop" | "state" | "addEventListener">} Machine
 */

/** As long as a letter can be, ms. */
export const LIMIT = 10 * 60_000;

/** How much is lost at most when the phone dies, ms. */
const SLICE = 1000;

export class Recorder {
  #machine;
  #stream;
  #take;
  #listener;
  #now;
  /** @type {Ending | null} */
  #ending = null;
  /** What was recorded until the last pause, and since when it goes on, ms. */
  #before = 0;
  /** @type {number | null} */
  #since = null;

  /**
   * @param {Machine} machine a MediaRecorder
   * @param {MediaStream} stream what it listens to
   * @param {Take} take where it goes
   * @param {Listener} listener
   * @param {() => number} [now] ms
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
    this.#since = this.#now();
    try {
      this.#machine.start(SLICE);
    } catch (error) {
      // The microphone went in this very moment.
      console.error("recording did not begin", error);
      void this.#end();
    }
  }

  get isRunning() {
    return this.#since !== null;
  }

  /** Its length so far, without the pauses, ms. */
  get elapsed() {
    const running = this.#since === null ? 0 : this.#now() - this.#since;
    return Math.min(LIMIT, this.#before + running);
  }

  #halt() {
    this.#before = this.elapsed;
    this.#since = null;
  }

  /** @param {Pausing} [why] */
  pause(why = "asked") {
    if (!this.isRunning) return;
    this.#halt();
    this.#machine.pause();
    this.#listen(false);
    this.#listener.paused(why);
  }

  resume() {
    if (this.isRunning || this.#ending) return;
    this.#listen(true);
    this.#since = this.#now();
    this.#machine.resume();
    this.#listener.resumed();
  }

  /** @param {Ending} [why] */
  stop(why = "asked") {
    if (this.#ending) return;
    this.#halt();
    this.#ending = why;
    // A machine that ended with its track has said so, or will.
    if (this.#machine.state !== "inactive") this.#machine.stop();
  }

  /** The microphone itself is silent while it waits. @param {boolean} is */
  #listen(is) {
    for (const track of this.#stream.getAudioTracks()) track.enabled = is;
  }

  /** @param {Blob} sound */
  #store(sound) {
    // Some browsers send nothing now and then.
    if (!sound.size) return;
    this.#take.add(sound, this.elapsed).catch((error) => {
      console.error("the recording is not stored any further", error);
      this.stop(error?.code === "storage_full" ? "full" : "failed");
    });
    if (this.elapsed >= LIMIT) this.stop("limit");
  }

  async #end() {
    this.#halt();
    // It stopped by itself: the microphone went.
    this.#ending ??= "lost";
    for (const track of this.#stream.getTracks()) track.stop();
    await this.#take.stop(this.elapsed).catch(() => {
      // It is found as cut off by the next visit.
    });
    this.#listener.stopped(this.#ending);
  }
}
