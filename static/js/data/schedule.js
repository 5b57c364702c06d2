/** Decide when to sync: soon after a save, at once when the page wakes up, and less and less often while it fails. */

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
  /** How often `stop` was called. A run that was under way then plans nothing. */
  #stops = 0;
  /** Don't run before `until`, in ms since 1970. `ordered`: the server asked for the pause. */
  #pause = { until: 0, ordered: false };
  /**
   * After the current run, wait this long for the next one, in ms. It was planned while the current one was running.
   *
   * @type {number | undefined}
   */
  #nextWait;

  /**
   * @param {Environment} env
   * @param {() => Promise<{retryAfter: number | null} | null | undefined>} work resolves to a failure, or to nothing
   *   if it succeeded; `retryAfter` in s if the server named a time
   */
  constructor(env, work) {
    this.#env = env;
    this.#work = work;
  }

  /**
   * Plan a run. A later call replaces the plan of an earlier one.
   *
   * @param {number} ms from now
   */
  plan(ms) {
    if (this.#running) {
      this.#nextWait = ms;
      return;
    }
    const wait = Math.max(ms, this.#pause.until - this.#env.now());
    this.#env.clearTimer(this.#timer);
    this.#timer = this.#env.setTimer(() => void this.run(), wait);
  }

  /** Try at once, because the connection may be better now. A pause that the server asked for still applies. */
  wake() {
    if (!this.#pause.ordered) this.#pause.until = 0;
    this.plan(0);
  }

  /** Run now, whatever is planned. If a run is under way, wait for it first. */
  async run() {
    while (this.#running) await this.#running;
    this.#env.clearTimer(this.#timer);
    this.#running = this.#runOnce();
    await this.#running;
  }

  stop() {
    this.#env.clearTimer(this.#timer);
    this.#nextWait = undefined;
    this.#stops += 1;
  }

  async #runOnce() {
    const stops = this.#stops;
    const failure = await this.#work().catch(() => ({ retryAfter: null }));
    this.#failures = failure ? this.#failures + 1 : 0;
    this.#pause = failure ? this.#pauseAfter(failure) : { until: 0, ordered: false };
    const retry = failure && stops === this.#stops ? 0 : undefined;
    const next = this.#nextWait ?? retry;
    this.#nextWait = undefined;
    this.#running = undefined;
    if (next !== undefined) this.plan(next);
  }

  /**
   * Return the pause after a failure.
   *
   * @param {{retryAfter: number | null}} failure
   */
  #pauseAfter({ retryAfter }) {
    const ordered = retryAfter !== null;
    const backoff = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.#failures - 1));
    const wait = ordered ? retryAfter * 1000 : backoff / 2;
    // Add jitter, so that all phones of a service don't come back at once.
    const jitter = this.#env.random() * (ordered ? FIRST_RETRY : backoff / 2);
    return { until: this.#env.now() + wait + jitter, ordered };
  }
}
