// The light of the listening mode. It swells while one breathes in, and sinks while one breathes out. The style sheet
// says how far; with reduced motion, it stays as it is.

/** @typedef {import("./breath.js").Breath} Breath */
/** @typedef {import("./breath.js").Rhythm} Rhythm */

/** How long the light takes to come to rest, in seconds. */
const SETTLE = 3;

export class Ember {
  #element;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {Breath} breath @param {number} seconds how long a single breath in or out takes */
  follow(breath, seconds) {
    clearTimeout(this.#timer);
    if (breath.kind === "rhythm") this.#breathe(breath.rhythm, true);
    else if (breath.kind === "still") this.rest();
    else this.#move(breath.kind, seconds);
  }

  rest() {
    clearTimeout(this.#timer);
    this.#move("still", SETTLE);
  }

  /** @param {Rhythm} rhythm @param {boolean} isIn */
  #breathe(rhythm, isIn) {
    const seconds = isIn ? rhythm.in : rhythm.out;
    this.#move(isIn ? "in" : "out", seconds);
    this.#timer = setTimeout(() => this.#breathe(rhythm, !isIn), seconds * 1000);
  }

  /** @param {"in" | "out" | "still"} breath @param {number} seconds */
  #move(breath, seconds) {
    this.#element.style.setProperty("--breath", `${seconds}s`);
    this.#element.dataset.breath = breath;
  }
}
