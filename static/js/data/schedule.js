/** When to sync: soon after a save, at once when the page wakes, and later and later while it fails. */

/** @import { Environment } from "./environment.js" */

const FIRST_RETRY = 5_000;
const LAST_RETRY = 15 * 60_000;

export class Schedule {
  #env;
  #work;
  /** @type {any} */
  #timer;
  /** @type {Promise<void> | undefined} */
  #running;
  #failures = 0;
  /** Not before this moment, ms; and whether the server said so. */
  #pause = { until: 0, ordered: false };
  /** Planned while running: ms to wait afterwards. @type {number | undefined} */
  #next;

  /**
   * @param {Environment} env
   * @param {() => Promise<{retryAfter: number | null} | null | undefined>} work resolves to a failure or to nothing;
   *   `retryAfter` in s if the server named a time
   */
  constructor(env, work) {
    this.#env = env;
    this.#work = work;
  }

  /**
   * Asks for a run; a later call puts the earlier one off.
   *
   * @param {number} ms from now
   */
  plan(ms) {
    if (this.#running) {
      this.#next = ms;
      return;
    }
    const wait = Math.max(ms, this.#pause.until - this.#env.now());
    this.#env.clearTimer(this.#timer);
    this.#timer = this.#env.setTimer(() => void this.run(), wait);
  }

  /** The line may be better now: try at once, unless the server asked for patience. */
  wake() {
    if (!this.#pause.ordered) this.#pause.until = 0;
    this.plan(0);
  }

  /** Runs now, whatever the plan was; after the run that is under way, if there is one. */
  async run() {
    while (this.#running) await this.#running;
    this.#env.clearTimer(this.#timer);
    this.#running = this.#runOnce();
    await this.#running;
  }

  stop() {
    this.#env.clearTimer(this.#timer);
    this.#next = undefined;
  }

  async #runOnce() {
    const failure = await this.#work().catch(() => ({ retryAfter: null }));
    this.#failures = failure ? this.#failures + 1 : 0;
    this.#pause = failure ? this.#pauseAfter(failure) : { until: 0, ordered: false };
    const next = this.#next ?? (failure ? 0 : undefined);
    this.#next = undefined;
    this.#running = undefined;
    if (next !== undefined) this.plan(next);
  }

  /** @param {{retryAfter: number | null}} failure */
  #pauseAfter({ retryAfter }) {
    const ordered = retryAfter !== null;
    const backoff = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.#failures - 1));
    const wait = ordered ? retryAfter * 1000 : backoff / 2;
    // Jitter, so that all phones of a service don't come back at once.
    const jitter = this.#env.random() * (ordered ? FIRST_RETRY : backoff / 2);
    return { until: this.#env.now() + wait + jitter, ordered };
  }
}
