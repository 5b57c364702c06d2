// While a voice is recorded: how long, how loud, and what can be done.
import { stayAwake } from "../keeping/awake.js";
import { clock } from "../lib/dates.js";
import { h, say } from "../lib/dom.js";
import { gettext, pgettext } from "../lib/messages.js";
import { levelOf } from "./level.js";
import { LIMIT, Recorder } from "./recorder.js";
import { whyPaused } from "./words.js";

/** @import { View } from "../lib/stage.js" */
/** @import { Take } from "../data/letters.js" */
/** @import { Ending, Pausing } from "./recorder.js" */

/** How often the screen looks at the microphone, ms. */
const TICK = 100;
/** Quieter than this (0 to 1) for so long (ms): the phone may not hear anybody. */
const FAINT = 0.25;
const PATIENCE = 5000;
/** How long before the end it is said that it comes, ms. */
const NOTICE = 60_000;

export class Going {
  #view;
  #recorder;
  #level;
  #heard = 0;
  #isNoticed = false;

  /**
   * @param {View} view
   * @param {{machine: MediaRecorder, stream: MediaStream, take: Take}} sources
   * @param {(why: Ending) => void} stopped
   */
  constructor(view, { machine, stream, take }, stopped) {
    this.#view = view;
    this.#level = levelOf(stream);
    this.#recorder = new Recorder(machine, stream, take, {
      paused: (why) => this.#showPaused(why),
      resumed: () => this.#showGoing(),
      stopped: (why) => {
        this.#level?.close();
        void stayAwake(false, "recording");
        stopped(why);
      },
    });
  }

  /** Begin, until it is stopped. @param {string[]} toRead paragraphs of a letter */
  begin(toRead) {
    const { signal } = this.#view;
    const timer = setInterval(() => this.#look(), TICK);
    signal.addEventListener("abort", () => clearInterval(timer));
    const hidden = () => document.hidden && this.pause("hidden");
    document.addEventListener("visibilitychange", hidden, { signal });
    // Everything is being removed from this phone.
    document.addEventListener("stores-closed", () => this.stop(), { signal });
    void stayAwake(true, "recording");
    this.#showLetter(toRead);
    this.#recorder.start();
    this.#showGoing();
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

  #showGoing() {
    this.#heard = performance.now();
    const word = pgettext("state: a voice is being recorded", "Recording");
    this.#show("recording", word, gettext("Speak as slowly as you like."));
  }

  /** @param {Pausing} why */
  #showPaused(why) {
    const word = pgettext("state: recording waits", "Paused");
    this.#show("paused", word, whyPaused(why));
  }

  /** @param {"recording" | "paused"} state @param {string} word @param {string} said */
  #show(state, word, said) {
    const { find } = this.#view;
    const hadFocus = document.activeElement;
    const [pause, resume] = [find("[data-do=pause]"), find("[data-do=resume]")];
    find(".take").dataset.state = state;
    say(find("[data-state-word]"), word);
    this.#say(said);
    pause.hidden = state === "paused";
    resume.hidden = state === "recording";
    if (hadFocus === pause) resume.focus();
    if (hadFocus === resume) pause.focus();
    this.#look();
  }

  #look() {
    const { elapsed, isRunning } = this.#recorder;
    this.#view.find("[data-time]").textContent = clock(Math.floor(elapsed / 1000));
    const level = isRunning ? (this.#level?.now ?? null) : 0;
    this.#view.find(".level").style.setProperty("--at", String(level ?? 0));
    if (!isRunning) return;
    if (!this.#isNoticed && elapsed > LIMIT - NOTICE) {
      this.#isNoticed = true;
      return this.#say(gettext("One minute is left. You can make another recording afterwards."));
    }
    if (level !== null && !this.#isNoticed) this.#listen(level);
  }

  /** @param {number} level */
  #listen(level) {
    const now = performance.now();
    if (level >= FAINT) this.#heard = now;
    const isFaint = now - this.#heard > PATIENCE;
    if (isFaint)
      this.#say(gettext("The phone hears very little. Come a little closer, if you can."));
    else if (level >= FAINT) this.#say(gettext("The phone hears you."));
  }

  /** @param {string} text */
  #say(text) {
    const line = this.#view.find("[data-said]");
    if (line.textContent !== text) say(line, text);
  }
}
