// More or less silence between the phrases. Pure functions: where the silences are, and how the time that somebody
// listens belongs to the time in the sound. The voice itself is never touched.

/** @typedef {{start: number, end: number}} Span in seconds of the sound */
/** @typedef {Span & {pace: number}} Stretch `pace`: how many seconds one second of the sound lasts here */

/** Leave this much of a silence after a phrase as it is, for the room's echo and for a caption that ends early. In s. */
const AFTER = 0.15;
/** Leave a stretch alone that is shorter than this, in seconds. */
const SHORTEST = 0.3;
/** A second of silence lasts at least and at most this long. In seconds. */
const QUICKEST = 0.4;
const SLOWEST = 3;

/**
 * Return the stretches of silence, and how long a second of each must last so that the whole silence has the wanted
 * length.
 * @param {Span[]} phrases in the order of speaking
 * @param {number} silence 0.5 for half of each silence, 2 for twice as much
 * @param {number} before how much of a silence must stay as it is before the next phrase, in seconds
 * @returns {Stretch[]}
 */
export function stretchesOf(phrases, silence, before) {
  return phrases.slice(1).flatMap((next, index) => {
    const whole = next.start - phrases[index].end;
    const [start, end] = [phrases[index].end + AFTER, next.start - before];
    const inner = end - start;
    if (inner < SHORTEST) return [];
    const pace = (whole * silence - (whole - inner)) / inner;
    return [{ start, end, pace: Math.min(SLOWEST, Math.max(QUICKEST, pace)) }];
  });
}

/** How the time in the sound and the time of listening belong together. Both begin at 0 and are in seconds. */
export class Timeline {
  #stretches;
  #seconds;

  /** @param {Stretch[]} stretches in order, not overlapping @param {number} seconds length of the sound */
  constructor(stretches, seconds) {
    this.#stretches = stretches;
    this.#seconds = seconds;
  }

  /** How long it takes to listen to all of it. */
  get length() {
    return this.toListening(this.#seconds);
  }

  /** @param {number} place in the sound */
  toListening(place) {
    return this.#stretches.reduce(
      (time, { start, end, pace }) => time + Math.max(0, Math.min(place, end) - start) * (pace - 1),
      place,
    );
  }

  /** @param {number} time of listening @returns {number} the place in the sound */
  toSound(time) {
    let added = 0;
    for (const { start, end, pace } of this.#stretches) {
      const into = time - added - start;
      if (into <= 0) break;
      if (into < (end - start) * pace) return start + into / pace;
      added += (end - start) * (pace - 1);
    }
    return time - added;
  }

  /**
   * Return how long a second of the sound lasts here, and the place where that changes.
   * @param {number} place in the sound
   */
  paceAt(place) {
    const next = this.#stretches.find(({ end }) => end > place);
    if (!next) return { pace: 1, until: this.#seconds };
    return place < next.start
      ? { pace: 1, until: next.start }
      : { pace: next.pace, until: next.end };
  }
}
