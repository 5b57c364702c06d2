// The view while a voice is recorded: time, sound level, state and buttons.
import { stayAwake } from "../../platform/wake-lock.js";
import { clock } from "../../platform/dates.js";
import { h, say } from "../../platform/dom.js";
import { gettext, pgettext } from "../../platform/i18n.js";
import { levelOf } from "./level.js";
import { LIMIT, Recorder } from "./recorder.js";
import { whyPaused } from "./texts.js";

/** @import { View } from "../../platform/template-views.js" */
/** @import { Take } from "../../data/voice-notes.js" */
/** @import { Ending, Pausing } from "./recorder.js" */

/** How often the view updates, in ms. */
const TICK = 100;
/** A level below this (0 to 1) is faint. */
const FAINT = 0.25;
/** After this long with only a faint level, say that the phone hears very little. In ms. */
const FAINT_DELAY = 5000;
/** How long before the limit the view says so, in ms. */
const NOTICE = 60_000;

export class RecordingView {
  #view;
  #recorder;
  #level;
  /** When the level was last above faint, by performance.now(). */
  #lastHeard = 0;
  /** The view has said that the limit is near. */
  #hasGivenNotice = false;

  /**
   * @param {View} view
   * @param {{machine: MediaRecorder, stream: MediaStream, take: Take}} sources
   * @param {(why: Ending) => void} stopped called when recording has stopped
   */
  constructor(view, { machine, stream, take }, stopped) {
    this.#view = view;
    this.#level = levelOf(stream);
    this.#recorder = new Recorder(machine, stream, take, {
      paused: (why) => this.#showPaused(why),
      resumed: () => this.#showRecording(),
      stopped: (why) => {
        this.#level?.close();
        void stayAwake(false, "recording");
        stopped(why);
      },
    });
  }

  /** Begin recording. @param {string[]} toRead paragraphs of the written letter to show */
  begin(toRead) {
    const { signal } = this.#view;
    const timer = setInterval(() => this.#update(), TICK);
    signal.addEventListener("abort", () => clearInterval(timer));
    const onHidden = () => document.hidden && this.pause("hidden");
    document.addEventListener("visibilitychange", onHidden, { signal });
    // The reader is removing everything from this phone.
    document.addEventListener("stores-closed", () => this.stop(), { signal });
    void stayAwake(true, "recording");
    this.#showLetter(toRead);
    this.#recorder.start();
    this.#showRecording();
  }

  /** @param {Pausing} [why] */
  pause(why) {
    this.#recorder.pause(why);
  }

  resume() {
    this.#recorder.resume();
  }

  stop() {
    this.#recorder.stop();
  }

  /** @param {string[]} paragraphs */
  #showLetter(paragraphs) {
    const letter = this.#view.find("[data-letter]");
    letter.hidden = !paragraphs.length;
    letter.append(...paragraphs.map((text) => h("p", { text, dir: "auto" })));
  }

  #showRecording() {
    this.#lastHeard = performance.now();
    const word = pgettext("state: a voice is being recorded", "Recording");
    this.#show("recording", word, gettext("Speak as slowly as you like."));
  }

  /** @param {Pausing} why */
  #showPaused(why) {
    const word = pgettext("state: recording waits", "Paused");
    this.#show("paused", word, whyPaused(why));
  }

  /** @param {"recording" | "paused"} state @param {string} word @param {string} message */
  #show(state, word, message) {
    const { find } = this.#view;
    const focused = document.activeElement;
    const [pause, resume] = [find("[data-do=pause]"), find("[data-do=resume]")];
    find(".take").dataset.state = state;
    say(find("[data-state-word]"), word);
    this.#say(message);
    pause.hidden = state === "paused";
    resume.hidden = state === "recording";
    if (focused === pause) resume.focus();
    if (focused === resume) pause.focus();
    this.#update();
  }

  /** Update the time and the level. */
  #update() {
    const { elapsed, isRunning } = this.#recorder;
    this.#view.find("[data-time]").textContent = clock(Math.floor(elapsed / 1000));
    const level = isRunning ? (this.#level?.now ?? null) : 0;
    this.#view.find(".level").style.setProperty("--at", String(level ?? 0));
    if (!isRunning) return;
    if (!this.#hasGivenNotice && elapsed > LIMIT - NOTICE) {
      this.#hasGivenNotice = true;
      return this.#say(gettext("One minute is left. You can make another recording afterwards."));
    }
    if (level !== null && !this.#hasGivenNotice) this.#reportLevel(level);
  }

  /** Say whether the phone hears the speaker. @param {number} level from 0 to 1 */
  #reportLevel(level) {
    const now = performance.now();
    if (level >= FAINT) this.#lastHeard = now;
    const isFaint = now - this.#lastHeard > FAINT_DELAY;
    if (isFaint)
      this.#say(gettext("The phone can hear very little. Come a little closer, if you can."));
    else if (level >= FAINT) this.#say(gettext("The phone can hear you."));
  }

  /** @param {string} text */
  #say(text) {
    const line = this.#view.find("[data-said]");
    if (line.textContent !== text) say(line, text);
  }
}
