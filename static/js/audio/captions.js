// The captions of a sound say when each phrase is spoken. The file is fetched only when somebody plays
// the sound or taps a phrase.

export class Captions {
  /** @type {Promise<boolean> | undefined} */
  #loading;

  /**
   * @param {HTMLAudioElement} audio its <track> is replaced
   * @param {string | undefined} address of the captions file, if there is one
   * @param {string} locale the language of the voice
   */
  constructor(audio, address, locale) {
    this.audio = audio;
    this.address = address;
    this.element = document.createElement("track");
    this.element.kind = "captions";
    this.element.srclang = locale;
    audio.replaceChildren(this.element);
  }

  /** Fetch the captions once. Resolve to whether they were loaded. */
  ready() {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load() {
    if (!this.address) return false;
    const loaded = new Promise((resolve) => {
      this.element.addEventListener("load", () => resolve(true), { once: true });
      this.element.addEventListener("error", () => resolve(false), { once: true });
    });
    this.element.src = this.address;
    this.element.track.mode = "hidden";
    const isLoaded = await loaded;
    // Forget the failure, so that the next call tries again.
    if (!isLoaded) this.#forget();
    return isLoaded;
  }

  #forget() {
    this.#loading = undefined;
    this.element.removeAttribute("src");
    this.element.track.mode = "disabled";
  }

  /** The number of phrases. 0 before the file is loaded. */
  get count() {
    return this.element.track.cues?.length ?? 0;
  }

  /**
   * Return the start of a phrase in seconds, or null if there is no such phrase.
   * @param {number} index
   * @returns {number | null}
   */
  startOf(index) {
    return this.element.track.cues?.[index]?.startTime ?? null;
  }

  /** The index of the phrase that is being spoken, or -1 in a silence. */
  get spoken() {
    const { cues, activeCues } = this.element.track;
    const cue = activeCues?.[0];
    return cue ? Array.from(cues ?? []).indexOf(cue) : -1;
  }

  /** The index of the phrase that began last, even in the silence after it. -1 before the first phrase. */
  get begun() {
    const { currentTime } = this.audio;
    return Array.from(this.element.track.cues ?? []).findLastIndex(
      ({ startTime }) => startTime <= currentTime,
    );
  }

  /** When each phrase is spoken, in seconds. @returns {{start: number, end: number}[]} */
  get times() {
    const { cues } = this.element.track;
    return Array.from(cues ?? [], ({ startTime, endTime }) => ({ start: startTime, end: endTime }));
  }

  /** The text of each phrase. @returns {string[]} */
  get words() {
    return Array.from(this.element.track.cues ?? [], textOf);
  }

  /** @param {() => void} listener called when a phrase begins or ends @param {AbortSignal} signal */
  onChange(listener, signal) {
    this.element.addEventListener("cuechange", listener, { signal });
  }
}

/** Return the text of a cue without its markup. @param {TextTrackCue} cue */
function textOf(cue) {
  return cue instanceof VTTCue ? (cue.getCueAsHTML().textContent ?? "").trim() : "";
}
