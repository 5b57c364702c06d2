/**
 * How much goes into one request (sync.md, "Slow and narrow lines"). A pace starts small and grows while the line is
 * fast, so that a request on a slow line takes seconds and not minutes. What fails is halved.
 */

/** A request that took less than this may be twice as large the next time, in ms. */
const FAST = 2_000;
/** A request that took more than this is halved the next time, in ms. */
const SLOW = 8_000;

export class Pace {
  #size;
  #most;

  /**
   * @param {number} start size of the first request, in bytes or in items
   * @param {number} most size that the server allows
   */
  constructor(start, most) {
    this.#size = start;
    this.#most = most;
  }

  /** The size that the next request should have at most. */
  get size() {
    return this.#size;
  }

  /**
   * Learn from a request that succeeded.
   *
   * @param {number} ms that it took
   */
  succeeded(ms) {
    if (ms < FAST) this.#size = Math.min(this.#most, 2 * this.#size);
    else if (ms > SLOW) this.#size = Math.max(1, this.#size / 2);
  }

  /**
   * Learn from a request that failed because of its size or its slowness.
   *
   * @param {number} size of the request
   * @param {boolean} isLimit whether something on the way refuses this size, and will do so again
   */
  failed(size, isLimit) {
    this.#size = Math.max(1, Math.min(this.#size, size) / 2);
    if (isLimit) this.#most = this.#size;
  }
}
