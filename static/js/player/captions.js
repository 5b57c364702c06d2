// When each phrase is spoken: the captions of a sound, fetched once somebody listens or taps a line.

export class Captions {
  /** @type {Promise<boolean> | undefined} */
  #loading;

  /**
   * @param {HTMLAudioElement} audio its captions become these
   * @param {string | undefined} address
   * @param {string} locale the language that is spoken
   */
  constructor(audio, address, locale) {
    this.audio = audio;
    this.address = address;
    this.element = document.createElement("track");
    this.element.kind = "captions";
    this.element.srclang = locale;
    audio.replaceChildren(this.element);
  }

  /** Fetch them, once; gives whether there are any. */
  ready() {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load() {
    if (!this.address) return false;
    const settled = new Promise((resolve) => {
      this.element.addEventListener("load", () => resolve(true), { once: true });
      this.element.addEventListener("error", () => resolve(false), { once: true });
    });
    this.element.src = this.address;
    this.element.track.mode = "hidden";
    const came = await settled;
    // The next line that is tapped tries again.
    if (!came) this.#forget();
    return came;
  }

  #forget() {
    this.#loading = undefined;
    this.element.removeAttribute("src");
    this.element.track.mode = "disabled";
  }

  /** How many phrases there are. */
  get count() {
    return this.element.track.cues?.length ?? 0;
  }

  /** When a phrase begins, in seconds. @param {number} index @returns {number | null} */
  startOf(index) {
    return this.element.track.cues?.[index]?.startTime ?? null;
  }

  /** The phrase that is being spoken, or -1 in a silence. */
  get spoken() {
    const { cues, activeCues } = this.element.track;
    const cue = activeCues?.[0];
    return cue ? Array.from(cues ?? []).indexOf(cue) : -1;
  }

  /** The phrase that was begun last, also in the silence after it; -1 before the first. */
  get begun() {
    const { currentTime } = this.audio;
    return Array.from(this.element.track.cues ?? []).findLastIndex(
      ({ startTime }) => startTime <= currentTime,
    );
  }

  /** What is said, phrase by phrase. @returns {string[]} */
  get words() {
    return Array.from(this.element.track.cues ?? [], textOf);
  }

  /** @param {() => void} listener called when another phrase begins or one ends @param {AbortSignal} signal */
  onChange(listener, signal) {
    this.element.addEventListener("cuechange", listener, { signal });
  }
}

/** Captions can carry marks; what is said is the text. @param {TextTrackCue} cue */
function textOf(cue) {
  return cue instanceof VTTCue ? (cue.getCueAsHTML().textContent ?? "").trim() : "";
}
