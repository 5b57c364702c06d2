// Listening: joins the sound, its controls, the words that follow it and what is remembered.
import { gettext } from "../lib/messages.js";
import { holdBusy } from "../offline/busy.js";
import { Captions } from "../player/captions.js";
import * as choices from "../player/choices.js";
import { Deck } from "../player/deck.js";
import { addressesOf, choose, soundsOf } from "../player/files.js";
import { playerKeys } from "../player/keys.js";
import { recall, remember, rememberPlace } from "../player/memory.js";
import { Panel } from "../player/panel.js";
import { mediaSession, tellPosition } from "../player/session.js";
import { sleepChoice } from "../player/sleep-choice.js";
import { showWords } from "../player/words.js";

/** @typedef {import("../player/files.js").Sound} Sound */

/** A place is worth going on from when it is this far (s) from both ends. */
const WORTH = 10;
/** The place is noted this often (s). */
const OFTEN = 5;

/** @type {import("../main.js").Start} */
export default async function start(page, signal) {
  const sounds = soundsOf(page);
  const panel = page.querySelector(".player");
  if (!(panel instanceof HTMLElement) || !sounds.length) return;
  await new Player(page, panel, sounds, signal).begin();
}

class Player {
  /** Counts what was taken up: a slow answer about an earlier choice comes too late. */
  #turn = 0;
  #noted = 0;
  /** The best place to take the sound from may have changed. */
  #isStale = false;
  /** @type {(() => void) | undefined} */
  #release;

  /** @param {HTMLElement} page @param {HTMLElement} panel @param {Sound[]} sounds @param {AbortSignal} signal */
  constructor(page, panel, sounds, signal) {
    const audio = document.createElement("audio");
    panel.prepend(audio);
    this.page = page;
    this.signal = signal;
    this.sounds = sounds;
    this.sound = sounds[0];
    /** Whether it plays out of this phone. */
    this.isSaved = false;
    this.panel = new Panel(panel, this);
    this.deck = new Deck(audio, this);
    this.captions = new Captions(audio, undefined, "");
    this.words = showWords(page, (phrase) => this.goToPhrase(phrase), signal);
    this.sleep = sleepChoice(page, audio);
    playerKeys(panel, { toggle: this.toggle, skip: this.skip }, signal);
  }

  async begin() {
    const { voice = this.sounds[0].voice, speed = 1 } = recall();
    choices.choose(this.page, "voice", voice);
    choices.choose(this.page, "speed", String(speed));
    if (location.hash === "#short") choices.choose(this.page, "version", "short");
    this.page.addEventListener("change", (event) => this.changed(event));
    const { signal } = this;
    document.addEventListener("recording-kept", () => this.moved(), { signal });
    addEventListener("pagehide", () => this.keepPlace(), { signal });
    signal.addEventListener("abort", () => this.pause());
    await this.load();
    const { title = "", service: artist = "", artwork = "" } = this.page.dataset;
    mediaSession({ title, artist, artwork }, this);
  }

  // What the listener does.

  toggle = () => this.deck.toggle();
  play = () => this.deck.play();
  pause = () => this.deck.pause();
  /** @param {number} seconds */
  skip = (seconds) => this.goTo(this.deck.place + seconds);
  /** @param {number} seconds */
  goTo = (seconds) => {
    this.panel.showTime(this.deck.goTo(seconds), { asked: true });
    this.words.lookAgain();
    tellPosition(this.deck.audio);
  };

  /** @param {number} phrase */
  async goToPhrase(phrase) {
    await this.captions.ready();
    const seconds = this.captions.startOf(phrase);
    if (seconds === null) return this.failed(this.deck.isPlaying);
    this.goTo(seconds);
    this.play();
  }

  /** @param {Event} event */
  changed(event) {
    const name = event.target instanceof Element ? event.target.getAttribute("name") : "";
    const value = choices.chosen(this.page, name ?? "");
    if (name === "speed") {
      remember({ speed: Number(value) });
      this.deck.audio.playbackRate = Number(value);
      tellPosition(this.deck.audio);
    } else if (name === "sleep") {
      this.sleep.set(Number(value));
    } else if (name === "version") void this.switchTo();
    else if (name === "voice") {
      remember({ voice: value });
      void this.switchTo({ samePhrase: true });
    }
  }

  // What is played.

  /** Another version begins at its beginning, another voice at the same phrase. @param {{samePhrase?: boolean}} [options] */
  async switchTo({ samePhrase = false } = {}) {
    this.keepPlace();
    const { isPlaying, place } = this.deck;
    const share = place / this.sound.seconds;
    const phrase = this.words.current;
    await this.load(samePhrase ? ({ seconds }) => share * seconds : undefined);
    if (samePhrase && place > 0 && (await this.captions.ready())) {
      this.goTo(this.captions.startOf(phrase) ?? this.deck.place);
    }
    if (isPlaying) this.play();
  }

  /**
   * Take up the chosen version and voice, out of this phone where it is saved.
   * @param {(sound: Sound) => number} [at] seconds; the beginning if left out
   */
  async load(at) {
    const turn = ++this.#turn;
    const version = choices.chosen(this.page, "version");
    const sound = choose(this.sounds, version, choices.chosen(this.page, "voice"));
    const { saved, address, captions } = await addressesOf(sound);
    if (turn !== this.#turn) return;
    this.#isStale = false;
    const place = at?.(sound) ?? 0;
    this.deck.load({ address, seconds: sound.seconds }, { at: place, preload: saved });
    this.sound = sound;
    this.isSaved = saved;
    this.deck.audio.playbackRate = Number(choices.chosen(this.page, "speed"));
    this.captions = new Captions(this.deck.audio, captions, sound.locale);
    this.words.show(sound.version).follow(this.captions, () => this.deck.isPlaying);
    this.panel.setTotal(sound.seconds);
    this.panel.showTime(this.deck.place, { asked: true });
    this.panel.showEnded(false);
    this.offerToResume();
    if (this.page.dataset.chosen === sound.address) return;
    this.page.dataset.chosen = sound.address;
    this.page.dispatchEvent(new Event("recording-chosen"));
  }

  /** Saved or removed: take it from elsewhere, but never in the middle of listening. */
  moved() {
    if (this.deck.isPlaying) this.#isStale = true;
    else void this.reload();
  }

  async reload() {
    const { place } = this.deck;
    await this.load(() => place);
  }

  // What the deck tells.

  /** @param {boolean} on */
  playing(on) {
    this.panel.showPlaying(on);
    tellPosition(this.deck.audio);
    if (on) {
      void this.captions.ready();
      this.panel.offer(0);
      this.panel.showEnded(false);
      // A new version of the app must not come in while somebody listens.
      this.#release ??= holdBusy();
      return;
    }
    this.keepPlace();
    this.#release?.();
    this.#release = undefined;
    if (this.#isStale) void this.reload();
  }

  /** @param {number} seconds */
  time(seconds) {
    this.panel.showTime(seconds);
    if (Math.abs(seconds - this.#noted) < OFTEN) return;
    this.keepPlace();
    tellPosition(this.deck.audio);
  }

  ended() {
    rememberPlace(this.name, 0);
    this.words.dim();
    this.sleep.end();
    this.panel.showEnded(true);
  }

  /** @param {boolean} is */
  async stuck(is) {
    if (is && (await this.isElsewhere(true))) return;
    this.panel.showProblem(
      is
        ? gettext("Waiting for a better connection. It goes on by itself; the words are below.")
        : null,
    );
  }

  /** @param {boolean} wasPlaying */
  async failed(wasPlaying) {
    if (await this.isElsewhere(wasPlaying)) return;
    this.panel.showProblem(
      navigator.onLine || this.isSaved
        ? gettext("The recording would not play. Try again, or read the words below.")
        : gettext(
            "You are offline and this recording is not saved on this phone. The words are below: you can read them slowly.",
          ),
    );
  }

  /** The browser may have cleared it away, or another tab removed it: then the server has it. @param {boolean} wasPlaying */
  async isElsewhere(wasPlaying) {
    if (!this.isSaved || (await addressesOf(this.sound)).saved) return false;
    await this.reload();
    if (wasPlaying) this.play();
    return true;
  }

  // What is remembered and shown.

  get name() {
    return `${this.page.dataset.slug}/${this.sound.version}`;
  }

  keepPlace() {
    const { place, audio } = this.deck;
    this.#noted = place;
    if (place > 0 && !audio.ended) rememberPlace(this.name, place);
  }

  offerToResume() {
    const seconds = recall().stopped?.[this.name] ?? 0;
    const isWorth = this.deck.place === 0 && seconds >= WORTH;
    this.panel.offer(isWorth && seconds <= this.sound.seconds - WORTH ? seconds : 0, () => {
      this.goTo(seconds);
      this.play();
    });
  }
}
