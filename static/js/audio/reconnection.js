// Goes on with a sound whose line was cut. The listener's eyes may be closed.

/** Delays before the tries, in ms. The last one repeats. */
const DELAYS = [2_000, 4_000, 8_000, 15_000];
/** The browser itself waits for a line on which nothing comes. After this time, in ms, try on a new one. */
const SILENCE = 20_000;
/** Give up after this time, in ms. */
const LONGEST = 60 * 60_000;

export class Reconnection {
  #retry;
  #now;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #tries = 0;
  #began = 0;

  /**
   * @param {() => void} retry tries to play on
   * @param {() => number} [now] ms since any moment; tests pass their own
   */
  constructor(retry, now = () => performance.now()) {
    this.#retry = retry;
    this.#now = now;
    globalThis.addEventListener?.("online", () => this.#timer !== undefined && this.#try());
  }

  /**
   * Try again after a while, and at once when the phone is online again.
   * @param {{isSilent?: boolean}} [cut] `isSilent`: the line isn't broken, but nothing comes
   * @returns {boolean} false if it has been tried for too long
   */
  begin({ isSilent = false } = {}) {
    clearTimeout(this.#timer);
    if (!this.#tries) this.#began = this.#now();
    if (this.#now() - this.#began > LONGEST) return false;
    const delay = isSilent ? SILENCE : (DELAYS[this.#tries] ?? DELAYS.at(-1));
    this.#timer = setTimeout(() => this.#try(), delay);
    return true;
  }

  /** The sound plays on, or nobody wants it any more. */
  end() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tries = 0;
  }

  #try() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tries += 1;
    this.#retry();
  }
}
