// Our own controls around a real <audio>. No Web Audio: iOS would stop it in the background.
import { clock, spokenLength } from "../lib/dates.js";
import { say } from "../lib/dom.js";
import { gettext } from "../lib/messages.js";
import { holdBusy } from "../offline/busy.js";
import { addressesOf, choose, soundsOf } from "../player/files.js";
import { recall, remember, rememberPlace } from "../player/memory.js";
import { mediaSession, tellPosition } from "../player/session.js";
import { sleepTimer } from "../player/sleep.js";
import { follow } from "../player/transcript.js";

/** @typedef {import("../player/files.js").Sound} Sound */

/** @type {import("../main.js").Start} */
export default async function start(page) {
  const sounds = soundsOf(page);
  const player = page.querySelector(".player");
  const audio = page.querySelector("audio");
  if (!(player instanceof HTMLElement) || !audio || !sounds.length) return;
  await new Player(page, player, audio, sounds).begin();
}

class Player {
  /**
   * @param {HTMLElement} page @param {HTMLElement} player @param {HTMLAudioElement} audio
   * @param {Sound[]} sounds
   */
  constructor(page, player, audio, sounds) {
    this.page = page;
    this.player = player;
    this.audio = audio;
    this.sounds = sounds;
    this.seek = this.part("[data-seek]", HTMLInputElement);
    this.button = this.part("[data-play]", HTMLButtonElement);
    this.sleep = sleepTimer(audio, () => this.field("sleep", ""));
    /** @type {ReturnType<typeof follow> | undefined} */
    this.words = undefined;
    /** Fetches the captions, once. @type {() => Promise<void>} */
    this.ready = async () => {};
    /** @type {(() => void) | undefined} */
    this.release = undefined;
    /** @type {Sound} */
    this.sound = sounds[0];
    this.saved = false;
    this.held = false;
  }

  /** @template {HTMLElement} T @param {string} selector @param {{new(): T}} kind @returns {T} */
  part(selector, kind) {
    const found = this.player.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`the player has no ${selector}`);
    return found;
  }

  /** The value of a choice, set first when `value` is given. @param {string} name @param {string} [value] */
  field(name, value) {
    const select = this.page.querySelector(`select[name="${name}"]`);
    if (select instanceof HTMLSelectElement) {
      if (value !== undefined) select.value = value;
      return select.value;
    }
    const radios = this.page.querySelectorAll(`input[name="${name}"]`);
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (radios)) {
      if (value !== undefined) radio.checked = radio.value === value;
      if (radio.checked) return radio.value;
    }
    return "";
  }

  async begin() {
    const { voice = this.sounds[0].voice, speed = 1 } = recall();
    this.field("voice", voice);
    this.field("speed", String(speed));
    if (location.hash === "#short") this.field("version", "short");
    this.audio.removeAttribute("controls");
    this.listen();
    await this.load();
    mediaSession(
      {
        title: this.page.dataset.title ?? "",
        artist: this.page.dataset.service ?? "",
        artwork: this.page.dataset.artwork ?? "",
      },
      {
        play: () => void this.audio.play(),
        pause: () => this.audio.pause(),
        skip: (seconds) => this.goTo(this.audio.currentTime + seconds),
        goTo: (seconds) => this.goTo(seconds),
      },
    );
  }

  listen() {
    const { audio, seek } = this;
    this.button.addEventListener("click", () => this.toggle());
    for (const skip of this.player.querySelectorAll("[data-skip]")) {
      const seconds = Number(/** @type {HTMLElement} */ (skip).dataset.skip);
      skip.addEventListener("click", () => this.goTo(audio.currentTime + seconds));
    }
    seek.addEventListener("input", () => {
      this.held = true;
      this.showTime(Number(seek.value));
    });
    seek.addEventListener("change", () => {
      this.held = false;
      this.goTo(Number(seek.value));
    });
    this.page.addEventListener("change", (event) => this.changed(event));
    // Saving or removing changes where the sound is best taken from: at the next start, not now.
    document.addEventListener("recording-kept", () => {
      if (audio.paused) void this.load();
    });
    audio.addEventListener("play", () => this.playing(true));
    audio.addEventListener("pause", () => this.playing(false));
    audio.addEventListener("ended", () => this.ended());
    audio.addEventListener("timeupdate", () => this.tick());
    audio.addEventListener("loadedmetadata", () => tellPosition(audio));
    audio.addEventListener("error", () => this.failed());
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("pagehide", () => this.keepPlace());
  }

  /** @param {Event} event */
  changed(event) {
    const name = event.target instanceof Element ? event.target.getAttribute("name") : null;
    if (name === "speed") {
      this.audio.playbackRate = Number(this.field("speed"));
      remember({ speed: this.audio.playbackRate });
      tellPosition(this.audio);
    } else if (name === "sleep") {
      this.sleep.set(Number(this.field("sleep")));
    } else if (name === "voice" || name === "version") {
      if (name === "voice") remember({ voice: this.field("voice") });
      this.keepPlace();
      const wasPlaying = !this.audio.paused;
      void this.load().then(() => (wasPlaying ? this.audio.play() : undefined));
    }
  }

  /** Take up the chosen version and voice. */
  async load() {
    const { audio, page } = this;
    this.sound = choose(this.sounds, this.field("version"), this.field("voice"));
    const { saved, sound, captions } = await addressesOf(this.sound);
    this.saved = saved;
    const track = document.createElement("track");
    track.kind = "captions";
    track.srclang = this.sound.locale;
    audio.replaceChildren(track);
    // The words are timed only once somebody listens or taps a line.
    this.ready = async () => {
      if (track.src || !captions) return;
      track.src = captions;
      track.track.mode = "hidden";
      await new Promise((settle) => {
        track.addEventListener("load", settle, { once: true });
        track.addEventListener("error", settle, { once: true });
      });
    };
    audio.src = sound;
    audio.preload = saved ? "metadata" : "none";
    audio.playbackRate = Number(this.field("speed"));
    this.seek.max = String(Math.round(this.sound.seconds));
    this.showTime(0);
    const timed = () => this.ready();
    for (const words of page.querySelectorAll("[data-words]")) {
      if (!(words instanceof HTMLElement)) continue;
      words.hidden = words.dataset.words !== this.sound.version;
      if (!words.hidden)
        this.words = follow(words, track, timed, (seconds) => this.goTo(seconds, true));
    }
    track.addEventListener("cuechange", () => this.words?.show(!audio.paused));
    page.dispatchEvent(new CustomEvent("recording-chosen", { detail: this.sound, bubbles: true }));
    this.offerToResume();
  }

  get place() {
    return `${this.page.dataset.slug}/${this.sound.version}`;
  }

  offerToResume() {
    const offer = this.part("[data-resume]", HTMLElement);
    const seconds = recall().stopped?.[this.place] ?? 0;
    offer.hidden = seconds < 10 || seconds > this.sound.seconds - 10;
    const button = offer.querySelector("button");
    if (!button || offer.hidden) return;
    say(button, gettext("Go on from %(time)s", { time: clock(seconds) }));
    button.onclick = () => this.goTo(seconds, true);
  }

  toggle() {
    if (this.audio.paused) void this.audio.play().catch(() => this.failed());
    else this.audio.pause();
  }

  /** @param {number} seconds @param {boolean} [andPlay] */
  goTo(seconds, andPlay = false) {
    const { audio } = this;
    const target = Math.min(Math.max(0, seconds), this.sound.seconds);
    if (audio.readyState === 0) {
      // Nothing is loaded before it is wanted, so the place can only be set once it is.
      audio.addEventListener("loadedmetadata", () => (audio.currentTime = target), { once: true });
      audio.preload = "metadata";
      if (!andPlay) audio.load();
    } else audio.currentTime = target;
    this.showTime(target);
    if (andPlay) void audio.play().catch(() => this.failed());
  }

  /** @param {boolean} on */
  playing(on) {
    this.player.dataset.state = on ? "playing" : "paused";
    const { playLabel = "", pauseLabel = "" } = this.button.dataset;
    this.button.setAttribute("aria-label", on ? pauseLabel : playLabel);
    this.part("[data-problem]", HTMLElement).hidden = true;
    if (on) {
      void this.ready();
      this.part("[data-resume]", HTMLElement).hidden = true;
      this.part("[data-ended]", HTMLElement).hidden = true;
      // A new version of the app must not come in while somebody listens.
      this.release ??= holdBusy();
    } else {
      this.keepPlace();
      this.release?.();
      this.release = undefined;
    }
    tellPosition(this.audio);
  }

  tick() {
    if (!this.held) this.showTime(this.audio.currentTime);
    if (!this.audio.paused && Math.floor(this.audio.currentTime) % 5 === 0) this.keepPlace();
  }

  keepPlace() {
    if (this.audio.currentTime > 0 && !this.audio.ended) {
      rememberPlace(this.place, this.audio.currentTime);
    }
  }

  ended() {
    rememberPlace(this.place, 0);
    this.words?.clear();
    this.sleep.cancel();
    this.part("[data-ended]", HTMLElement).hidden = false;
  }

  /** @param {number} seconds */
  showTime(seconds) {
    const total = this.sound.seconds;
    this.seek.value = String(seconds);
    this.seek.style.setProperty("--at", String(seconds / total));
    const words = { now: spokenLength(seconds), total: spokenLength(total) };
    this.seek.setAttribute("aria-valuetext", gettext("%(now)s of %(total)s", words));
    this.part("[data-now]", HTMLElement).textContent = clock(seconds);
    this.part("[data-total]", HTMLElement).textContent = clock(total);
  }

  failed() {
    const problem = this.part("[data-problem]", HTMLElement);
    say(
      problem,
      !navigator.onLine && !this.saved
        ? gettext(
            "You are offline and this recording is not saved on this phone. The words are below: you can read them slowly.",
          )
        : gettext("The recording would not play. Try again, or read the words below."),
    );
    problem.hidden = false;
    this.player.dataset.state = "paused";
  }

  /** Space or K plays and pauses, arrows go 15 seconds. @param {KeyboardEvent} event */
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea, a"))
      return;
    const onButton = event.target instanceof HTMLButtonElement;
    const act = {
      " ": onButton ? undefined : () => this.toggle(),
      k: () => this.toggle(),
      ArrowLeft: () => this.goTo(this.audio.currentTime - 15),
      ArrowRight: () => this.goTo(this.audio.currentTime + 15),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}
