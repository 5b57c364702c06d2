// Measures how long this tab has been away. A tab is away when it isn't on the screen: because another tab or app is,
// or because the phone sleeps.

const MINUTE = 60_000;

export class IdleTimer {
  #leftAt;
  #timer = 0;
  /** The time away that the reader chose, in minutes; 0 means at once. */
  after = 0;

  /** @param {() => void} onTimeUp called when the time has passed; if the phone slept, when it wakes */
  constructor(onTimeUp) {
    this.#leftAt = document.hidden ? now() : null;
    const leave = () => {
      this.#leftAt ??= now();
      clearTimeout(this.#timer);
      if (this.after) this.#timer = setTimeout(onTimeUp, this.after * MINUTE);
      else onTimeUp();
    };
    const comeBack = () => {
      clearTimeout(this.#timer);
      if (this.isOver) onTimeUp();
      this.#leftAt = null;
    };
    const update = () => (document.hidden ? leave() : comeBack());
    document.addEventListener("visibilitychange", update);
    // A page that goes into the back-forward cache may get no visibilitychange event.
    addEventListener("pagehide", ({ persisted }) => void (persisted && (this.#leftAt ??= now())));
    addEventListener("pageshow", ({ persisted }) => void (persisted && update()));
  }

  /** Whether the tab has been away for at least the time that the reader chose. */
  get isOver() {
    if (!this.#leftAt) return false;
    // performance.now() may stop while the phone sleeps. Date.now() is wrong if the clock was set back. The longer time
    // counts.
    const times = [Date.now() - this.#leftAt.clock, performance.now() - this.#leftAt.steady];
    return Math.max(...times) >= this.after * MINUTE;
  }
}

const now = () => ({ clock: Date.now(), steady: performance.now() });
