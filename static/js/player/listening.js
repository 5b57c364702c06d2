// What is being listened to. It belongs to no page: the recording's own page shows it, the small
// player shows it elsewhere, and it goes on while pages come and go.
import { holdBusy } from "../offline/busy.js";
import { Captions } from "./captions.js";
import { Deck } from "./deck.js";
import { addressesOf } from "./files.js";
import { recall, remember, rememberPlace } from "./memory.js";
import { clearLockScreen, mediaSession, tellPosition } from "./session.js";
import { FADE, sleepTimer } from "./sleep.js";

/** @typedef {import("./files.js").Recording} Recording */
/** @typedef {import("./files.js").Sound} Sound */
/** @typedef {"loaded" | "playing" | "time" | "problem" | "sleep"} Change what views show anew */
/** @typedef {"stuck" | "broken" | "unsaved" | null} Problem why nothing is heard */

/** The place is noted this often (s). */
const OFTEN = 5;

export class Listening {
  /** @type {Recording | null} */
  recording = null;
  /** @type {Sound | null} */
  sound = null;
  /** Somebody pressed play, and hasn't put it away since. */
  isStarted = false;
  isEnded = false;
  /** Nothing comes at the moment; for longer, it is a problem. */
  isWaiting = false;
  /** @type {Problem} */
  problem = null;
  /** How long the sleep timer still lets it play, in seconds; 0 when it is off. */
  sleepLeft = 0;
  /** To be played as soon as its page is here. @type {{slug: string, version: string} | null} */
  next = null;
  /** Whether it plays out of this phone. */
  #isSaved = false;
  /** The best place to take the sound from may have changed. */
  #isStale = false;
  #isGoingAlong = false;
  /** Others were told that this has begun. */
  #isTold = false;
  /** Counts what was taken up: a slow answer about an earlier choice comes too late. */
  #turn = 0;
  #noted = 0;
  /** @type {(() => void) | undefined} */
  #release;
  /** @type {Set<(change: Change) => void>} */
  #views = new Set();

  /** @param {HTMLAudioElement} audio */
  constructor(audio) {
    document.body.append(audio);
    this.audio = audio;
    this.deck = new Deck(audio, this);
    this.captions = new Captions(audio, undefined, "");
    this.timer = sleepTimer(audio, {
      left: (seconds) => this.#sleeps(seconds),
      stopped: () => {
        this.sleep(0);
        // What was said while it grew quiet may have been missed.
        this.skip(-FADE);
      },
    });
    audio.addEventListener("playing", () => this.#begun());
    document.addEventListener("recording-kept", () => this.#moved());
    document.addEventListener("stores-closed", () => this.close());
    addEventListener("pagehide", () => {
      this.#keepPlace();
      // Coming back to this page must not bring the voice back by surprise.
      this.pause();
    });
    addEventListener("online", () => this.#trouble(null));
  }

  /** @param {(change: Change) => void} view @param {AbortSignal} signal */
  onChange(view, signal) {
    this.#views.add(view);
    signal.addEventListener("abort", () => this.#views.delete(view), { once: true });
  }

  get isPlaying() {
    return this.deck.isPlaying;
  }

  /** In seconds. */
  get place() {
    return this.deck.place;
  }

  get speed() {
    return recall().speed ?? 1;
  }

  /** @param {Pick<Recording, "slug">} recording */
  isOf({ slug }) {
    return this.recording?.slug === slug;
  }

  /**
   * Take up a sound, out of this phone where it is saved; what played before stops, its place noted.
   * @param {Recording} recording
   * @param {Sound} sound
   * @param {number} [at] seconds; the beginning if left out
   * @param {boolean} [again] it is the same: it goes on where it is then, and plays if it plays then
   * @returns {Promise<boolean>} whether it is still what is wanted
   */
  async load(recording, sound, at = 0, again = false) {
    const turn = ++this.#turn;
    this.#keepPlace();
    const { saved, address, captions } = await addressesOf(sound);
    if (turn !== this.#turn) return false;
    const goesOn = again && this.isPlaying;
    if (again) at = this.place;
    this.#isStale = false;
    this.deck.load({ address, seconds: sound.seconds }, { at, preload: saved });
    const isOther = sound.address !== this.sound?.address;
    this.recording = recording;
    this.sound = sound;
    this.isEnded = false;
    this.isWaiting = false;
    this.problem = null;
    this.#isSaved = saved;
    if (isOther) this.#isTold = false;
    this.#noted = at;
    this.#keepPace();
    this.captions = new Captions(this.audio, captions, sound.locale);
    const { title, artist, artwork } = recording;
    mediaSession({ title, artist, artwork }, this);
    this.#tell("loaded");
    if (goesOn) this.play();
    return true;
  }

  toggle = () => (this.isPlaying ? this.pause() : this.play());

  play = () => {
    if (this.isEnded) this.goTo(0);
    this.deck.play();
  };

  pause = () => this.deck.pause();

  /** @param {number} seconds */
  skip = (seconds) => this.goTo(this.place + seconds);

  /** @param {number} seconds */
  goTo = (seconds) => {
    this.deck.goTo(seconds);
    this.isEnded = false;
    tellPosition(this.audio);
    this.#tell("time");
  };

  /** @param {number} speed 1 is as recorded */
  setSpeed(speed) {
    remember({ speed });
    this.#keepPace();
    tellPosition(this.audio);
  }

  /** @param {number} minutes 0 switches the sleep timer off */
  sleep(minutes) {
    this.timer.set(minutes);
    if (!minutes) this.#sleeps(0);
  }

  /** Put it away; its place is remembered. */
  close() {
    this.#turn += 1;
    this.#keepPlace();
    this.sleep(0);
    this.deck.empty();
    this.captions = new Captions(this.audio, undefined, "");
    this.recording = this.sound = null;
    this.isStarted = this.isEnded = this.isWaiting = false;
    this.problem = null;
    clearLockScreen();
    this.#tell("loaded");
  }

  // What the deck tells.

  /** @param {boolean} on */
  playing(on) {
    tellPosition(this.audio);
    if (on) {
      if (!this.isStarted) void this.#goAlong();
      this.isStarted = true;
      this.isEnded = false;
      this.problem = null;
      void this.captions.ready();
      // A new version of the app must not come in while somebody listens.
      this.#release ??= holdBusy();
    } else {
      this.#keepPlace();
      this.isWaiting = false;
      this.#release?.();
      this.#release = undefined;
    }
    this.#tell("playing");
    if (!on && this.#isStale) void this.#reload();
  }

  /** @param {number} seconds */
  time(seconds) {
    this.#tell("time");
    if (Math.abs(seconds - this.#noted) < OFTEN) return;
    this.#keepPlace();
    tellPosition(this.audio);
  }

  ended() {
    rememberPlace(this.#name, 0);
    this.isEnded = true;
    this.sleep(0);
    this.#tell("playing");
    this.#announce("recording-ended");
    this.#isTold = false;
  }

  /** @param {boolean} is */
  waiting(is) {
    this.isWaiting = is;
    this.#tell("playing");
  }

  /** @param {boolean} is */
  async stuck(is) {
    if (is && (await this.#isElsewhere(true))) return;
    this.#trouble(is ? "stuck" : null);
  }

  /** @param {boolean} wasPlaying */
  async failed(wasPlaying) {
    if (await this.#isElsewhere(wasPlaying)) return;
    // What was never heard isn't carried along.
    if (!this.#isTold) this.isStarted = false;
    this.#trouble(navigator.onLine || this.#isSaved ? "broken" : "unsaved");
  }

  /** From now on it goes on while pages come and go. */
  async #goAlong() {
    if (this.#isGoingAlong) return;
    this.#isGoingAlong = true;
    try {
      const [{ followLinks }, { showMini }] = await Promise.all([
        import("../navigation/navigation.js"),
        import("./mini.js"),
      ]);
      showMini(this);
      followLinks(() => this.isStarted);
    } catch (error) {
      // No signal, and not here yet: links open pages as usual, and the sound ends with this one.
      this.#isGoingAlong = false;
      console.info("the player stays on its page", error);
    }
  }

  /** It is heard now. */
  #begun() {
    if (this.#isTold || !this.recording || !this.sound) return;
    this.#isTold = true;
    remember({ last: { slug: this.recording.slug, version: this.sound.version } });
    this.#announce("recording-started");
  }

  /** Saved or removed: take it from elsewhere, but never in the middle of listening. */
  async #moved() {
    if (!this.sound || this.isEnded) return;
    const { saved } = await addressesOf(this.sound);
    // Something else was saved.
    if (!saved && !this.#isSaved) return;
    if (this.isPlaying) this.#isStale = true;
    else await this.#reload();
  }

  async #reload() {
    const { recording, sound } = this;
    if (recording && sound) await this.load(recording, sound, 0, true);
  }

  /** The browser may have cleared it away, or another tab removed it: then the server has it. @param {boolean} wasPlaying */
  async #isElsewhere(wasPlaying) {
    if (!this.#isSaved || !this.sound || (await addressesOf(this.sound)).saved) return false;
    await this.#reload();
    if (wasPlaying) this.play();
    return true;
  }

  #keepPace() {
    this.audio.playbackRate = this.speed;
    // Taken up when a broken file is loaded again.
    this.audio.defaultPlaybackRate = this.speed;
  }

  get #name() {
    return `${this.recording?.slug}/${this.sound?.version}`;
  }

  #keepPlace() {
    const { place } = this;
    this.#noted = place;
    if (this.sound && place > 0 && !this.isEnded && !this.audio.ended) {
      rememberPlace(this.#name, place);
    }
  }

  /** @param {number} seconds */
  #sleeps(seconds) {
    this.sleepLeft = seconds;
    this.#tell("sleep");
  }

  /** @param {Problem} problem */
  #trouble(problem) {
    if (problem === this.problem) return;
    this.problem = problem;
    this.#tell("problem");
  }

  /** @param {Change} change */
  #tell(change) {
    for (const view of this.#views) view(change);
  }

  /** For the rest of the app. @param {"recording-started" | "recording-ended"} what */
  #announce(what) {
    const { slug = "" } = this.recording ?? {};
    const { version = "", voice = "", seconds = 0 } = this.sound ?? {};
    const detail = { slug, version, voice, seconds };
    document.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

/** @type {Listening | undefined} */
let only;

/** The one there is. @param {HTMLAudioElement} [audio] that a tap has allowed to play */
export function listening(audio) {
  only ??= new Listening(audio ?? document.createElement("audio"));
  return only;
}
