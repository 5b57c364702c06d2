// The recording that is being played. There is one for the whole app, and it goes on while the reader moves
// between pages. The recording's own page shows it there; the small player shows it on every other page.
import { holdBusy } from "../platform/busy.js";
import { once } from "../platform/once.js";
import { Captions } from "./captions.js";
import { AudioPlayer } from "./audio-player.js";
import { carry } from "./carried-sound.js";
import { addressesOf } from "./files.js";
import { remember } from "./preferences.js";
import { oneSound } from "./one-sound.js";
import { LockScreen } from "./lock-screen.js";
import { Pace } from "./pace.js";
import { Reconnection } from "./reconnection.js";
import { StoredPlace } from "./stored-place.js";

/** @typedef {import("./files.js").Recording} Recording */
/** @typedef {import("./files.js").Sound} Sound */
/** @typedef {"loaded" | "playing" | "time" | "length" | "problem" | "sleep"} Change what has changed */
/** @typedef {"stuck" | "broken" | "unsaved" | null} Problem why nothing plays */

/** MediaError.MEDIA_ERR_DECODE */
const DAMAGED = 3;

export class Listening {
  /** @type {Recording | null} */
  recording = null;
  /** @type {Sound | null} */
  sound = null;
  /** The reader has pressed play and has not closed the player since. */
  isStarted = false;
  isEnded = false;
  /** No data arrives at the moment. If this lasts, `problem` becomes "stuck". */
  isWaiting = false;
  /** @type {Problem} */
  problem = null;
  /** The time left on the sleep timer, in seconds. 0 if the timer is off. */
  sleepLeft = 0;
  /**
   * The recording to play as soon as its page is open, and the place to begin at, in seconds.
   * @type {{slug: string, version: string, at: number} | null}
   */
  next = null;
  /** The sound comes from this phone. */
  #isSaved = false;
  /** The sound was saved or removed while it played, so it may have to be loaded from another address. */
  #isSourceStale = false;
  #followsNavigation = false;
  /** The event "recording-started" was dispatched for this sound. */
  #isAnnounced = false;
  /** Counts calls of `load` and `close`. A slow earlier call sees that another one has replaced it. */
  #loadCount = 0;
  #storedPlace = new StoredPlace();
  #lockScreen = new LockScreen(this);
  /** The place that was reported last, in seconds. */
  #reported = 0;
  #pauseOthers = oneSound(() => this.pause());
  /** Whether the reader leaves this document for another page of the app. */
  #leavesWithinApp = () => false;
  /** @type {(() => void) | undefined} */
  #releaseBusy;
  /** @type {Set<(change: Change) => void>} */
  #views = new Set();

  /** @param {HTMLAudioElement} audio */
  constructor(audio) {
    document.body.append(audio);
    this.audio = audio;
    this.audioPlayer = new AudioPlayer(audio, this);
    this.captions = new Captions(audio, undefined, "");
    this.pace = new Pace(audio, () => this.#notify("length"));
    this.reconnection = new Reconnection(() => this.audioPlayer.playAgain());
    audio.addEventListener("playing", () => this.#onPlaying());
    document.addEventListener("recordings-changed", () => this.#onSavedChange());
    document.addEventListener("stores-closed", () => this.close());
    addEventListener("pagehide", () => {
      this.#storePlace();
      if (this.isStarted && !this.isEnded && this.#leavesWithinApp()) this.#carry();
      // The sound must not start by itself when the reader comes back to this page.
      this.pause();
    });
    addEventListener("online", () => this.#setProblem(null));
  }

  /** @param {(change: Change) => void} view @param {AbortSignal} signal */
  onChange(view, signal) {
    this.#views.add(view);
    signal.addEventListener("abort", () => this.#views.delete(view), { once: true });
  }

  get isPlaying() {
    return this.audioPlayer.isPlaying;
  }

  /** The place in the sound, in seconds. */
  get place() {
    return this.audioPlayer.place;
  }

  /** How long the listener needs from the beginning to this place, in seconds, at the recorded speed. */
  get listened() {
    return this.pace.toListening(this.place);
  }

  /** How long the listener needs for all of it, in seconds, at the recorded speed. */
  get length() {
    return this.pace.length;
  }

  /** Return whether this recording is loaded. @param {Pick<Recording, "slug">} recording */
  isOf({ slug }) {
    return this.recording?.slug === slug;
  }

  /**
   * Load a sound, from this phone if it is saved there. Stop the previous sound and store its place.
   * @param {Recording} recording
   * @param {Sound} sound
   * @param {number} [at] where to begin, in seconds; 0 by default
   * @param {boolean} [again] this is the current sound: keep its place, and continue if it is playing
   * @returns {Promise<boolean>} false if another call has replaced this one
   */
  async load(recording, sound, at = 0, again = false) {
    const loadNumber = ++this.#loadCount;
    this.reconnection.end();
    this.#storePlace();
    const { saved, address, captions } = await addressesOf(sound);
    if (loadNumber !== this.#loadCount) return false;
    const continues = again && this.isPlaying;
    if (again) at = this.place;
    this.#isSourceStale = false;
    this.audioPlayer.load({ address, seconds: sound.seconds }, { at, preload: saved });
    const isOtherSound = sound.address !== this.sound?.address;
    this.recording = recording;
    this.sound = sound;
    this.isEnded = false;
    this.isWaiting = false;
    this.problem = null;
    this.#isSaved = saved;
    if (isOtherSound) this.#isAnnounced = false;
    this.#storedPlace.begin(`${recording.slug}/${sound.version}`, at, again);
    this.captions = new Captions(this.audio, captions, sound.locale);
    this.pace.begin(this.captions, sound.seconds);
    this.#notify("loaded");
    if (continues) this.play();
    return true;
  }

  /** Be there on every page, as after the first play, but paused. */
  async resume() {
    this.isStarted = true;
    await this.#followNavigation();
    this.#notify("loaded");
  }

  toggle = () => (this.isPlaying ? this.pause() : this.play());

  play = () => {
    if (this.isEnded) this.goTo(0);
    this.audioPlayer.play();
  };

  pause = () => {
    this.reconnection.end();
    this.audioPlayer.pause();
  };

  /** @param {number} seconds of listening */
  skip = (seconds) => this.seek(this.listened + seconds);

  /** Go to where the listener would be after this time. @param {number} seconds */
  seek = (seconds) => this.goTo(this.pace.toSound(seconds));

  /** Go to a place in the sound. @param {number} seconds */
  goTo = (seconds) => {
    this.audioPlayer.goTo(seconds);
    this.isEnded = false;
    this.#lockScreen.tell();
    this.#notify("time");
  };

  /** @param {number} minutes 0 switches the sleep timer off */
  async sleep(minutes) {
    if (minutes || this.sleepLeft) (await this.#sleepTimer()).set(minutes);
    if (!minutes) this.#setSleepLeft(0);
  }

  #sleepTimer = once(async () => {
    const { FADE, sleepTimer } = await import("./sleep-timer.js");
    return sleepTimer(this.audio, {
      left: (seconds) => this.#setSleepLeft(seconds),
      stopped: () => {
        void this.sleep(0);
        // The listener may have missed what was said during the fade.
        this.skip(-FADE);
      },
    });
  });

  /** Stop, store the place and unload the recording. */
  close() {
    this.#loadCount += 1;
    this.reconnection.end();
    this.#storePlace();
    void this.sleep(0);
    this.audioPlayer.empty();
    this.captions = new Captions(this.audio, undefined, "");
    this.recording = this.sound = null;
    this.isStarted = this.isEnded = this.isWaiting = false;
    this.problem = null;
    this.#lockScreen.clear();
    this.#notify("loaded");
  }

  // The audio player calls these methods.

  /** @param {boolean} isPlaying */
  playing(isPlaying) {
    this.#lockScreen.tell();
    if (isPlaying) {
      if (!this.isStarted) void this.#followNavigation();
      this.isStarted = true;
      this.isEnded = false;
      this.problem = null;
      this.#pauseOthers();
      void this.captions.ready();
      void this.pace.stretch();
      void this.#lockScreen.show();
      // The app must not update to a new version while a recording plays.
      this.#releaseBusy ??= holdBusy();
    } else {
      this.#storePlace();
      this.isWaiting = false;
      this.#releaseBusy?.();
      this.#releaseBusy = undefined;
    }
    this.#notify("playing");
    if (!isPlaying && this.#isSourceStale) void this.#reload();
  }

  /** @param {number} seconds */
  time(seconds) {
    // Not every browser says so when a sound plays on by itself after a silence. A place may change in a silence too.
    if (this.isPlaying && !this.problem && seconds > this.#reported) this.reconnection.end();
    this.#reported = seconds;
    this.#notify("time");
    if (this.#storedPlace.update(seconds)) this.#lockScreen.tell();
  }

  ended() {
    this.#storedPlace.forget();
    this.isEnded = true;
    void this.sleep(0);
    this.#notify("playing");
    this.#announce("recording-ended");
    this.#isAnnounced = false;
  }

  /** @param {boolean} isWaiting */
  waiting(isWaiting) {
    this.isWaiting = isWaiting;
    this.#notify("playing");
  }

  /** @param {boolean} isStuck */
  async stuck(isStuck) {
    if (isStuck && (await this.#fallBackToServer(true))) return;
    if (isStuck) this.reconnection.begin({ isSilent: this.#isLineOpen() });
    this.#setProblem(isStuck ? "stuck" : null);
  }

  /** @param {boolean} wasPlaying */
  async failed(wasPlaying) {
    if (await this.#fallBackToServer(wasPlaying)) return;
    if (this.#wasCut(wasPlaying) && this.reconnection.begin()) return this.#setProblem("stuck");
    // A recording that never played must not appear in the small player.
    if (!this.#isAnnounced) this.isStarted = false;
    this.#setProblem(navigator.onLine || this.#isSaved ? "broken" : "unsaved");
  }

  /** Return whether the browser still waits for data. If it doesn't, none will come. */
  #isLineOpen() {
    return this.audio.networkState === HTMLMediaElement.NETWORK_LOADING;
  }

  /**
   * Return whether the line was cut while the sound played. It did play, so the file itself is good.
   * @param {boolean} wasPlaying
   */
  #wasCut(wasPlaying) {
    const isDamaged = this.audio.error?.code === DAMAGED;
    return wasPlaying && this.#isAnnounced && !this.#isSaved && !isDamaged;
  }

  /** Let the sound go on while the reader moves between pages. */
  async #followNavigation() {
    if (this.#followsNavigation) return;
    this.#followsNavigation = true;
    try {
      const [{ followLinks }, { showMini }, { watchDeparture }] = await Promise.all([
        import("../router/router.js"),
        import("./mini-player.js"),
        import("./departure.js"),
      ]);
      this.#leavesWithinApp = watchDeparture();
      showMini(this);
      followLinks(() => this.isStarted);
    } catch {
      // There is no connection and these modules are not cached. Links open pages as usual, and the sound ends
      // with this page.
      this.#followsNavigation = false;
    }
  }

  /** Pass the sound on to the next page, which is a document of its own. */
  #carry() {
    const { recording, sound, place, isPlaying } = this;
    if (recording && sound) carry({ recording, sound, place, isPlaying, noted: Date.now() });
  }

  /** Remember and announce the recording when it really plays. */
  #onPlaying() {
    this.reconnection.end();
    if (this.#isAnnounced || !this.recording || !this.sound) return;
    this.#isAnnounced = true;
    remember({ last: { slug: this.recording.slug, version: this.sound.version } });
    this.#announce("recording-started");
  }

  /** Load the sound from its new address after it was saved or removed. If it is playing, wait until it pauses. */
  async #onSavedChange() {
    if (!this.sound || this.isEnded) return;
    const { saved } = await addressesOf(this.sound);
    // Another recording was saved.
    if (!saved && !this.#isSaved) return;
    if (this.isPlaying) this.#isSourceStale = true;
    else await this.#reload();
  }

  async #reload() {
    const { recording, sound } = this;
    if (recording && sound) await this.load(recording, sound, 0, true);
  }

  /**
   * If the saved file is gone, load the sound from the server. The browser may have deleted the file, or another
   * tab may have removed it. Resolve to whether the sound was loaded.
   * @param {boolean} wasPlaying
   */
  async #fallBackToServer(wasPlaying) {
    if (!this.#isSaved || !this.sound || (await addressesOf(this.sound)).saved) return false;
    await this.#reload();
    if (wasPlaying) this.play();
    return true;
  }

  #storePlace() {
    if (this.sound && !this.isEnded && !this.audio.ended) this.#storedPlace.store(this.place);
  }

  /** @param {number} seconds */
  #setSleepLeft(seconds) {
    this.sleepLeft = seconds;
    this.#notify("sleep");
  }

  /** @param {Problem} problem */
  #setProblem(problem) {
    if (problem === this.problem) return;
    this.problem = problem;
    this.#notify("problem");
  }

  /** @param {Change} change */
  #notify(change) {
    for (const view of this.#views) view(change);
  }

  /** Dispatch an event for the rest of the app. @param {"recording-started" | "recording-ended"} type */
  #announce(type) {
    const { slug = "" } = this.recording ?? {};
    const { version = "", voice = "", seconds = 0 } = this.sound ?? {};
    const detail = { slug, version, voice, seconds };
    document.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @type {Listening | undefined} */
let instance;

/**
 * Return the only instance.
 * @param {HTMLAudioElement} [audio] for the first call: one that a tap has allowed to play
 */
export function listening(audio) {
  instance ??= new Listening(audio ?? document.createElement("audio"));
  return instance;
}
