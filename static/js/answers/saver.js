/**
 * Saves answers soon after they change. Only one write runs at a time. Answers that change during a write are saved by
 * the next one. The module knows neither the page nor the vault: the caller passes in what it needs (`Work`).
 */

/** Write this long after the last keystroke, in ms. */
const PAUSE = 250;
/** Write at the latest this long after the first keystroke that isn't saved yet, in ms. */
const LATEST = 700;
/** Repeat a failed write after this time, in ms. */
const RETRY = 5000;

/**
 * What the saver needs from its caller.
 * @typedef {object} Work
 * @property {(names: string[]) => Promise<void>} write stores the answers with these names
 * @property {(state: SaverState) => void} report called when the state may have changed
 * @property {() => () => void} hold keeps the page from being replaced; returns a function that releases it
 */

/** @typedef {{saving: boolean, unsaved: boolean, error: any}} SaverState */

export class Saver {
  #work;
  /** @type {Set<string>} answers that changed since the last write began */
  #changed = new Set();
  /** @type {Set<string>} answers that are being written */
  #writing = new Set();
  /** Time of the first change that isn't saved yet, in ms since 1970. */
  #firstChange = 0;
  /** @type {any} */
  #timer;
  /** @type {any} */
  #error = null;
  /** @type {Promise<void> | null} */
  #running = null;
  /** @type {(() => void) | null} */
  #release = null;

  /** @param {Work} work */
  constructor(work) {
    this.#work = work;
  }

  /** Save an answer that has changed, a little later. @param {string} name */
  changed(name) {
    const now = Date.now();
    if (!this.#changed.size) this.#firstChange = now;
    this.#changed.add(name);
    this.#release ??= this.#work.hold();
    const remaining = Math.max(0, this.#firstChange + LATEST - now);
    this.#flushAfter(this.#error ? PAUSE : Math.min(PAUSE, remaining));
    this.#report();
  }

  /** Return whether an answer has changed and isn't stored yet. @param {string} name */
  has(name) {
    return this.#changed.has(name) || this.#writing.has(name);
  }

  /** Forget a change, because the caller stores another value for this answer. @param {string} name */
  drop(name) {
    this.#changed.delete(name);
    if (!this.#changed.size && !this.#running) this.#settle();
  }

  /** @returns {SaverState} */
  get state() {
    const unsaved = this.#changed.size + this.#writing.size > 0;
    return { saving: unsaved && !this.#error, unsaved, error: this.#error };
  }

  /**
   * Count answers as part of the write that is under way. Call it from `write` when that stores more than it was asked.
   * @param {Iterable<string>} names
   */
  include(names) {
    for (const name of names) this.#writing.add(name);
  }

  /** Store all changes now. Never throws: `report` receives the error. */
  async flush() {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    if (!this.#changed.size) return;
    this.#running = this.#write();
    await this.#running;
  }

  async #write() {
    this.#writing = this.#changed;
    this.#changed = new Set();
    let error = await this.#store([...this.#writing]);
    // One answer may be too long for the room that is left. The others are stored all the same.
    if (error && this.#writing.size > 1) error = await this.#storeEach([...this.#writing]);
    this.#error = error;
    this.#changed = new Set([...this.#writing, ...this.#changed]);
    this.#writing = new Set();
    if (error) this.#firstChange = Date.now();
    if (this.#changed.size) this.#flushAfter(error ? RETRY : PAUSE);
    else this.#settle();
    this.#running = null;
    this.#report();
  }

  /** Store answers together. Return the error, or null. @param {string[]} names @returns {Promise<any>} */
  async #store(names) {
    try {
      await this.#work.write(names);
      for (const name of names) this.#writing.delete(name);
      return null;
    } catch (error) {
      return error;
    }
  }

  /** Store each answer by itself. Return the last error, or null. @param {string[]} names @returns {Promise<any>} */
  async #storeEach(names) {
    let error = null;
    for (const name of names) error = (await this.#store([name])) ?? error;
    return error;
  }

  /** Nothing is left to save: stop the timer and release the page. */
  #settle() {
    clearTimeout(this.#timer);
    this.#error = null;
    this.#release?.();
    this.#release = null;
  }

  /** @param {number} ms */
  #flushAfter(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), ms);
  }

  #report() {
    this.#work.report(this.state);
  }
}
