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
    try {
      await this.#work.write([...this.#writing]);
      this.#error = null;
      this.#writing = new Set();
      if (this.#changed.size) this.#flushAfter(PAUSE);
      else this.#settle();
    } catch (error) {
      this.#error = error;
      this.#changed = new Set([...this.#writing, ...this.#changed]);
      this.#writing = new Set();
      this.#firstChange = Date.now();
      this.#flushAfter(RETRY);
    } finally {
      this.#running = null;
      this.#report();
    }
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
