/**
 * Saves what is written, soon after it is written. One write at a time; what changed meanwhile follows.
 * Knows neither the page nor the vault: both are handed in.
 */

/** After the last keystroke, and at the latest after the first that isn't saved yet, ms. */
const PAUSE = 250;
const LATEST = 700;
/** A write that failed is tried again after that long by itself, ms. */
const RETRY = 5000;

/**
 * @typedef {object} Work
 * @property {(names: string[]) => Promise<void>} write stores the answers of these names
 * @property {(state: SaverState) => void} report called whenever something below changes
 * @property {() => () => void} hold keeps the page from being replaced; returns how to let go
 */

/** @typedef {{saving: boolean, unsaved: boolean, error: any}} SaverState */

export class Saver {
  #work;
  /** @type {Set<string>} changed since the last write began */
  #changed = new Set();
  /** @type {Set<string>} being written */
  #writing = new Set();
  #first = 0;
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

  /** An answer has changed. @param {string} name */
  changed(name) {
    const now = Date.now();
    if (!this.#changed.size) this.#first = now;
    this.#changed.add(name);
    this.#release ??= this.#work.hold();
    const left = Math.max(0, this.#first + LATEST - now);
    this.#wait(this.#error ? PAUSE : Math.min(PAUSE, left));
    this.#tell();
  }

  /** Whether an answer has changed and isn't stored yet. @param {string} name */
  has(name) {
    return this.#changed.has(name) || this.#writing.has(name);
  }

  /** Forgets a change: something else has been decided about that answer. @param {string} name */
  drop(name) {
    this.#changed.delete(name);
    if (!this.#changed.size && !this.#running) this.#settle();
  }

  /** @returns {SaverState} */
  get state() {
    const unsaved = this.#changed.size + this.#writing.size > 0;
    return { saving: unsaved && !this.#error, unsaved, error: this.#error };
  }

  /** Stores what has changed now. Never throws: what went wrong is reported. */
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
      if (this.#changed.size) this.#wait(PAUSE);
      else this.#settle();
    } catch (error) {
      this.#error = error;
      this.#changed = new Set([...this.#writing, ...this.#changed]);
      this.#writing = new Set();
      this.#first = Date.now();
      this.#wait(RETRY);
    } finally {
      this.#running = null;
      this.#tell();
    }
  }

  #settle() {
    clearTimeout(this.#timer);
    this.#error = null;
    this.#release?.();
    this.#release = null;
  }

  /** @param {number} ms */
  #wait(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), ms);
  }

  #tell() {
    this.#work.report(this.state);
  }
}
