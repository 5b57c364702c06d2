// The player on a recording's page. The sound itself is in the session (audio/listening.js), which continues on other
// pages. The player shows the session if it has this recording. If not, the play button loads the recording into it.
import { isKeptOut } from "../../downloads/kept-out.js";
import { clock } from "../../platform/dates.js";
import { say } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { reportFailure } from "../../platform/reopening.js";
import { signInWords } from "../../platform/sign-in.js";
import * as choices from "./choices.js";
import { addressesOf, choose, recordingOf } from "../../audio/files.js";
import { playerKeys } from "../../audio/keys.js";
import { Languages } from "./languages.js";
import { listening } from "../../audio/listening.js";
import { recall, remember, rememberVersion } from "../../audio/preferences.js";
import { PlayerControls } from "../../audio/controls.js";
import { chosenVoice, favourite, voiceOf } from "../../audio/voices.js";
import { Transcripts } from "./transcripts.js";

/** @typedef {import("../../audio/files.js").Recording} Recording */
/** @typedef {import("../../audio/files.js").Sound} Sound */
/** @typedef {import("../../audio/listening.js").Change} Change */

/** Offer to resume only if the place is at least this far from both ends. In seconds. */
const RESUME_MARGIN = 10;

/** @type {import("../../platform/page.js").Start} */
export default async function start(page, signal) {
  const recording = recordingOf(page);
  const panel = page.querySelector(".player");
  if (!(panel instanceof HTMLElement) || !recording.sounds.length) return;
  await new Player(page, panel, recording, signal).begin();
}

export class Player {
  /** Where this recording would start, while the session has another one. In seconds. */
  #aside = 0;
  /** Whether a sign-in in front of the service is why nothing plays. */
  #isKeptOut = false;

  /** @param {HTMLElement} page @param {HTMLElement} panel @param {Recording} recording @param {AbortSignal} signal */
  constructor(page, panel, recording, signal) {
    this.page = page;
    this.recording = recording;
    this.signal = signal;
    this.session = listening();
    this.sound = recording.sounds[0];
    const { toggle, play, skip, seek } = this;
    this.panel = new PlayerControls(panel, { toggle, play, skip, goTo: seek });
    this.words = new Transcripts(page, (phrase) => this.goToPhrase(phrase), signal);
    this.languages = new Languages(page, this);
    playerKeys(panel, this, signal);
    page.querySelector("[data-full]")?.addEventListener("click", () => this.#fill());
  }

  /** Whether the session has this recording. */
  get isMine() {
    return this.session.isOf(this.recording);
  }

  /** How long somebody has listened at this place, in seconds. */
  get listened() {
    return this.isMine ? this.session.listened : this.#aside;
  }

  async begin() {
    const { session, page, recording } = this;
    const next = session.next?.slug === recording.slug ? session.next : null;
    session.next = null;
    const isGoingOn = this.isMine && !(next && next.version !== session.sound?.version);
    if (isGoingOn) this.#take(session.sound);
    else this.#choose(next?.version ?? this.#usualVersion());
    choices.choose(page, "speed", String(session.pace.speed));
    page.addEventListener("change", (event) => this.changed(event));
    session.onChange((change) => this.show(change), this.signal);
    document.addEventListener("recordings-changed", () => this.#showSaved(), {
      signal: this.signal,
    });
    if (isGoingOn) this.show("loaded");
    else if (next || !session.isStarted) await session.load(recording, this.sound, next?.at);
    else this.show("loaded");
    if (next && !session.isPlaying) this.play();
  }

  /** Return the version that the address asks for, else the one chosen before, else the one selected in the page. */
  #usualVersion() {
    if (location.hash === "#short") return "short";
    return recall().versions?.[this.recording.slug] ?? choices.chosen(this.page, "version");
  }

  /** @param {string} version */
  #choose(version) {
    const { sounds } = this.recording;
    this.#take(choose(sounds, version, favourite(sounds, recall())));
  }

  /**
   * Make the page's own sound with this address the current one; if there is none, the page's first sound.
   * @param {Sound | null} sound
   */
  #take(sound) {
    const { sounds } = this.recording;
    this.sound = sounds.find(({ address }) => address === sound?.address) ?? sounds[0];
    choices.choose(this.page, "version", this.sound.version);
    choices.choose(this.page, "voice", this.languages.valueOf(this.sound));
  }

  // What the user does.

  toggle = () => (this.isMine ? this.session.toggle() : this.play());

  play = async () => {
    if (!this.isMine) await this.session.load(this.recording, this.sound, this.#aside);
    this.session.play();
  };

  /** @param {number} seconds of listening */
  skip = (seconds) => this.seek(this.listened + seconds);

  /** Go to where the listener would be after this time. @param {number} seconds */
  seek = (seconds) => this.goTo(this.isMine ? this.session.pace.toSound(seconds) : seconds);

  /** Go to a place in the sound. @param {number} seconds */
  goTo = (seconds) => {
    this.#aside = Math.min(Math.max(0, seconds), this.sound.seconds);
    if (this.isMine) this.session.goTo(seconds);
    this.panel.showTime(this.listened, { asked: true });
    this.words.lookAgain();
  };

  /** Play from the beginning of a phrase. @param {number} phrase */
  async goToPhrase(phrase) {
    const { session } = this;
    if (!this.isMine) await session.load(this.recording, this.sound);
    await session.captions.ready();
    const seconds = session.captions.startOf(phrase);
    if (seconds === null) return session.failed(session.isPlaying);
    this.goTo(seconds);
    this.play();
  }

  /** Open the listening mode. */
  #fill() {
    import("./mode/listening-mode.js")
      .then(({ openMode }) => openMode(this))
      .catch((error) => reportFailure("the listening mode did not open", error));
  }

  /** @param {Event} event */
  changed(event) {
    const name = event.target instanceof Element ? event.target.getAttribute("name") : "";
    const value = choices.chosen(this.page, name ?? "");
    if (name === "speed") this.session.pace.setSpeed(Number(value));
    else if (name === "sleep") void this.session.sleep(Number(value));
    else if (name === "words") this.#chooseWords(value === "spoken");
    else if (name === "version") {
      rememberVersion(this.recording.slug, value);
      void this.switchTo(choose(this.recording.sounds, value, voiceOf(this.sound)));
    } else if (name === "voice") this.chooseVoice(value);
  }

  /** @param {string} value of the choice */
  chooseVoice(value) {
    const voice = this.languages.voiceOf(value);
    const sound = choose(this.recording.sounds, this.sound.version, voice);
    remember(chosenVoice(sound, recall()));
    void this.switchTo(sound, { samePhrase: true });
  }

  /** @param {boolean} asSpoken */
  #chooseWords(asSpoken) {
    remember({ asSpoken });
    this.#showLanguages();
    void this.#sayWords();
  }

  /**
   * Change the sound. Another version starts at its beginning, another voice at the same phrase.
   * @param {Sound} sound
   * @param {{samePhrase?: boolean}} [options]
   */
  async switchTo(sound, { samePhrase = false } = {}) {
    const { session, isMine } = this;
    const { isPlaying, place } = session;
    const phrase = this.words.current;
    // A recording that has ended starts again at its beginning.
    const share = isMine && !session.isEnded ? Math.min(1, place / this.sound.seconds) : 0;
    this.#take(sound);
    this.#aside = 0;
    if (!isMine) return this.show("loaded");
    const startAt = samePhrase ? share * sound.seconds : 0;
    if (!(await session.load(this.recording, sound, startAt))) return;
    if (startAt > 0 && (await session.captions.ready())) {
      this.goTo(session.captions.startOf(phrase) ?? session.place);
    }
    if (isPlaying) session.play();
  }

  // What the page shows.

  /** @param {Change} change */
  show(change) {
    const { session, panel, isMine } = this;
    if (change === "loaded") this.#showSound();
    else if (!isMine) return;
    if (change === "length") this.#showLength();
    if (change === "time") panel.showTime(session.listened);
    if (change === "sleep" || change === "loaded") showSleep(this.page, session.sleepLeft);
    const isPlaying = isMine && session.isPlaying;
    panel.showPlaying(isPlaying, isMine && session.isWaiting);
    panel.showEnded(isMine && session.isEnded);
    if (change === "problem") void this.#findWhy();
    if (change === "problem" || change === "loaded") void this.#offerSaved();
    panel.showProblem(isMine ? this.problemWords : null);
    if (isPlaying) panel.offer(0);
    if (isMine && session.isEnded) this.words.dim();
  }

  /** Find out whether a sign-in keeps the sound from this phone. The browser doesn't tell. */
  async #findWhy() {
    this.#isKeptOut = false;
    if (this.session.problem !== "broken") return;
    this.#isKeptOut = await isKeptOut(this.sound.address);
    if (this.#isKeptOut && this.isMine) this.panel.showProblem(this.problemWords);
  }

  /** Offer another voice that is saved here, if the chosen one can't be had. */
  async #offerSaved() {
    this.panel.element.querySelector("[data-instead]")?.toggleAttribute("hidden", true);
    if (this.session.problem !== "unsaved") return;
    const { offerSaved } = await import("./saved-voice.js");
    await offerSaved(this);
  }

  /** Why nothing plays, or null. */
  get problemWords() {
    const { problem } = this.session;
    if (problem === "broken" && this.#isKeptOut) return signInWords();
    return problem && this.panel.element.getAttribute(`data-words-${problem}`);
  }

  #showSound() {
    const { page, sound, session, isMine } = this;
    if (!this.signal.aborted && isMine && session.sound) this.#take(session.sound);
    const words = this.words.show(sound.version);
    if (isMine) words.follow(session.captions, () => session.isPlaying);
    this.#showLength();
    this.#offerToResume();
    void this.#showSaved();
    this.#showVoice();
    this.#showLanguages();
    void this.#sayWords();
    if (page.dataset.chosen === sound.address) return;
    page.dataset.chosen = sound.address;
    page.dispatchEvent(new Event("recording-chosen"));
  }

  #showLength() {
    this.panel.setTotal(this.isMine ? this.session.length : this.sound.seconds);
    this.panel.showTime(this.listened, { asked: true });
  }

  /** Say that a computer speaks, where it does. */
  #showVoice() {
    const line = this.page.querySelector("[data-generated-line]");
    if (line instanceof HTMLElement) line.hidden = !this.sound.isGenerated;
  }

  #showLanguages() {
    const { isMine } = this;
    this.languages.show(this.sound, { asSpoken: isMine && recall().asSpoken === true, isMine });
  }

  /** Show whether the sound plays offline. */
  async #showSaved() {
    const { sound } = this;
    const { saved } = await addressesOf(sound);
    if (sound === this.sound) this.panel.showSaved(saved);
  }

  /** Show the words in the page's language or in that of the voice. */
  async #sayWords() {
    const { words, session, sound } = this;
    const isSpoken = this.isMine && recall().asSpoken === true && this.languages.isForeign(sound);
    if (!isSpoken) words.sayOwn();
    else if (!(await words.sayAsSpoken(session.captions, sound.locale))) this.languages.refuse();
  }

  /** Offer to go on where the user stopped last, if the recording is at its beginning and doesn't play. */
  #offerToResume() {
    const { slug } = this.recording;
    const seconds = recall().stopped?.[`${slug}/${this.sound.version}`] ?? 0;
    const isGoingOn = this.isMine && this.session.isPlaying;
    const shown = this.isMine ? this.session.pace.toListening(seconds) : seconds;
    const isWorth = this.listened === 0 && seconds >= RESUME_MARGIN && !isGoingOn;
    this.panel.offer(isWorth && seconds <= this.sound.seconds - RESUME_MARGIN ? shown : 0, () => {
      this.goTo(seconds);
      this.play();
    });
  }
}

/**
 * Show how long the sleep timer still lets the sound play.
 * @param {Element} page
 * @param {number} seconds until the sound stops; 0 if the timer is off
 */
function showSleep(page, seconds) {
  const line = page.querySelector("[data-sleep-left]");
  if (!(line instanceof HTMLElement)) return;
  if (!seconds) choices.choose(page, "sleep", "");
  line.hidden = !seconds;
  say(line, gettext("Stops in %(time)s", { time: clock(seconds) }));
}
