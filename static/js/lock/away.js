// How long nobody has looked at this tab. "Away" is: not on the screen, because another page or app is, or because
// the phone sleeps.

const MINUTE = 60_000;

export class Away {
  #left;
  #timer = 0;
  /** Minutes. */
  after = 0;

  /** @param {() => void} over called when the time has passed; a sleeping phone calls on waking */
  constructor(over) {
    this.#left = document.hidden ? now() : null;
    const leave = () => {
      this.#left ??= now();
      clearTimeout(this.#timer);
      if (this.after) this.#timer = setTimeout(over, this.after * MINUTE);
      else over();
    };
    const comeBack = () => {
      clearTimeout(this.#timer);
      if (this.isOver) over();
      this.#left = null;
    };
    const look = () => (document.hidden ? leave() : comeBack());
    document.addEventListener("visibilitychange", look);
    // Kept for the Back button, a page may not be told that it was hidden.
    addEventListener("pagehide", ({ persisted }) => void (persisted && (this.#left ??= now())));
    addEventListener("pageshow", ({ persisted }) => void (persisted && look()));
  }

  /** Whether somebody was away for longer than they chose. */
  get isOver() {
    if (!this.#left) return false;
    // One stops while the phone sleeps, the other follows a clock that can be set back: the longer counts.
    const gone = [Date.now() - this.#left.clock, performance.now() - this.#left.steady];
    return Math.max(...gone) >= this.after * MINUTE;
  }
}

const now = () => ({ clock: Date.now(), steady: performance.now() });
