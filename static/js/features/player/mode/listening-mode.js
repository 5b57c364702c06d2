// The listening mode: the whole screen for a light that breathes and one line of words. The sound goes on when it is
// closed. Template: components/listening-mode.jinja.
import { PlayerControls } from "../../../audio/controls.js";
import { playerKeys } from "../../../audio/keys.js";
import { sleepButton } from "../../../audio/sleep-button.js";
import { closedByBack } from "../../../platform/back.js";
import { time } from "../../../platform/dates.js";
import { say } from "../../../platform/dom.js";
import { gettext } from "../../../platform/i18n.js";
import { loadSheet } from "../../../platform/sheet.js";
import { stayAwake } from "../../../platform/wake-lock.js";
import { Ends } from "./ends.js";
import { Ember } from "./ember.js";
import { breathAt } from "./breath.js";
import { options } from "./options.js";
import { Rest } from "./rest.js";
import { Words } from "./words.js";

/** @typedef {import("../../../audio/listening.js").Change} Change */
/** @typedef {import("../../../audio/listening.js").Listening} Listening */
/** @typedef {import("../../../audio/files.js").Sound} Sound */

/**
 * What the mode needs from the player of the page.
 * @typedef {object} Player
 * @property {HTMLElement} page
 * @property {Listening} session
 * @property {Sound} sound
 * @property {boolean} isMine
 * @property {string | null} problemWords why nothing plays
 * @property {() => void} toggle
 * @property {() => void} play
 * @property {(seconds: number) => void} skip
 * @property {(seconds: number) => void} seek
 * @property {AbortSignal} signal
 */

const AWAKE = "listening";
/** A single breath in or out takes at least and at most this long, in seconds. */
const [SHORTEST, LONGEST] = [2, 9];
/** So many lines of words stand above the controls. Longer ones are rare. */
const LINES = 4;
/** How long the screen stays after the end, in ms. */
const STAYS = 1600;
const STAYS_WITH_BELL = 4000;

/** Open the mode, and play. @param {Player} player */
export async function openMode(player) {
  await loadSheet(player.page.dataset.sheet ?? "");
  const template = /** @type {HTMLTemplateElement} */ (player.page.querySelector("[data-mode]"));
  const dialog = template.content.firstElementChild?.cloneNode(true);
  if (!(dialog instanceof HTMLDialogElement) || player.signal.aborted) return;
  document.body.append(dialog);
  new Mode(dialog, player).open();
}

class Mode {
  #closing = new AbortController();
  /** What the light does: the phrase since which it does that, or null while it rests. @type {number | null} */
  #breathing = null;
  #minute = 0;
  #isLoaded = false;
  #hasEnded = false;
  #close = () => {};

  /** @param {HTMLDialogElement} dialog @param {Player} player */
  constructor(dialog, player) {
    const { signal } = this.#closing;
    const { toggle, play, skip, seek, session, page, sound } = player;
    this.dialog = dialog;
    this.player = player;
    this.session = session;
    this.controls = this.part(".mode-controls");
    this.panel = new PlayerControls(dialog, { toggle, play, skip, goTo: seek });
    this.words = new Words(this.part("[data-line]"), page, sound.version);
    this.ember = new Ember(this.part(".mode-light"));
    this.rest = new Rest(dialog, this.controls, () => session.isPlaying, signal);
    this.ends = new Ends(sound);
    playerKeys(dialog, player, signal);
    sleepButton(this.part("[data-sleep]"), session, signal);
    options(dialog, session, this.ends, () => this.#showBreath());
  }

  open() {
    const { dialog, session, player } = this;
    const { signal } = this.#closing;
    this.part("[data-close]").addEventListener("click", () => this.#close());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#close();
    });
    dialog.addEventListener("close", () => this.#onClose(), { once: true });
    player.signal.addEventListener("abort", () => this.#close(), { signal });
    session.onChange((change) => this.#show(change), signal);
    const measure = new ResizeObserver(() => this.#measure());
    for (const element of [dialog, this.controls]) measure.observe(element);
    signal.addEventListener("abort", () => measure.disconnect());
    dialog.showModal();
    this.#close = closedByBack(() => dialog.close());
    dialog.focus({ preventScroll: true });
    this.ends.prepare();
    if (!(player.isMine && session.isPlaying)) player.play();
    this.#show("loaded");
    this.rest.wake();
  }

  #onClose() {
    // A browser may close it by itself.
    this.#close();
    this.#closing.abort();
    this.ember.rest();
    this.ends.close();
    void stayAwake(false, AWAKE);
    this.dialog.remove();
  }

  /** @param {Change} change */
  #show(change) {
    const { session, panel, player } = this;
    // Until it is loaded, the session may have another recording. Later, this one was closed.
    if (!player.isMine) return this.#isLoaded ? this.#close() : undefined;
    this.#isLoaded = true;
    if (change === "loaded" || change === "length") panel.setTotal(session.length);
    panel.showTime(session.listened, { asked: change !== "time" });
    const { isPlaying, isEnded } = session;
    if (change !== "time") {
      panel.showPlaying(isPlaying, session.isWaiting);
      panel.showProblem(player.problemWords);
      void stayAwake(isPlaying, AWAKE);
      if (!isPlaying) this.rest.wake();
    }
    if (isPlaying) this.ends.follow(session);
    this.words.show(session.captions);
    this.#showBreath();
    this.#showEnd();
    if (isEnded && !this.#hasEnded) this.#end();
    this.#hasEnded = isEnded;
  }

  /** Let the light do what the script says here. */
  #showBreath() {
    const { session, words } = this;
    const isStill = this.ends.isStill || !session.isPlaying || session.isWaiting;
    const { breath, since } = breathAt(words.marks, words.phrase);
    const now = isStill ? null : since + (breath.kind === "rhythm" ? words.marks.length : 0);
    if (now === this.#breathing) return;
    this.#breathing = now;
    if (now === null) return this.ember.rest();
    const { captions, pace } = session;
    const [from, to] = [captions.startOf(since), captions.startOf(since + 1)].map((place) =>
      place === null ? null : pace.toListening(place),
    );
    const seconds = from === null || to === null ? LONGEST : (to - from) / pace.speed;
    this.ember.follow(breath, Math.min(LONGEST, Math.max(SHORTEST, seconds)));
  }

  /** Say when the recording or the sleep timer will end. */
  #showEnd() {
    const { session } = this;
    const left = (session.length - session.listened) / session.pace.speed;
    const end = Date.now() + Math.min(left, session.sleepLeft || left) * 1000;
    // Formatting a time is slow, and this runs four times a second.
    const minute = Math.round(end / 60_000);
    if (minute === this.#minute) return;
    this.#minute = minute;
    const words = { time: time(new Date(minute * 60_000)) };
    say(this.part("[data-ends]"), gettext("ends about %(time)s", words));
  }

  /** The recording has ended: come back to its page, which asks how the listener is now. */
  #end() {
    this.rest.rest();
    this.ember.rest();
    const stays = this.ends.ring() ? STAYS_WITH_BELL : STAYS;
    const timer = setTimeout(() => this.session.isEnded && this.#close(), stays);
    this.#closing.signal.addEventListener("abort", () => clearTimeout(timer));
  }

  /** Lift the words above the controls. If there is no room for both, the words step back. */
  #measure() {
    const { dialog, controls } = this;
    const words = this.part(".mode-words");
    const { lineHeight } = getComputedStyle(words);
    const { paddingBlockEnd } = getComputedStyle(this.part(".mode-view"));
    const spare = Math.max(0, words.offsetHeight - LINES * parseFloat(lineHeight));
    const lift = Math.max(0, controls.offsetHeight - parseFloat(paddingBlockEnd) - spare);
    const stage = this.part(".mode-stage").offsetHeight;
    dialog.style.setProperty("--lift", `${lift}px`);
    dialog.style.setProperty("--shrink", String(Math.max(0, 1 - lift / stage)));
    dialog.toggleAttribute("data-tight", stage - lift < stage * 0.3);
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    return /** @type {HTMLElement} */ (this.dialog.querySelector(selector));
  }
}
