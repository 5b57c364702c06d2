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
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.#timer);
      if (document.hidden) {
        this.#left = now();
        if (this.after) this.#timer = setTimeout(over, this.after * MINUTE);
        else over();
        return;
      }
      if (this.isOver) over();
      this.#left = null;
    });
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
