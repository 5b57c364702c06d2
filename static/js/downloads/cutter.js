// Cuts the bytes of a recording into segments as they arrive. Pure.
import { SEGMENT, spanOf } from "./segments.js";

export class Cutter {
  /** Index of the segment that the last bytes belong to. */
  index = -1;
  /** How many bytes of that segment have arrived. */
  count = 0;
  #at;
  #size;
  #bytes = new Uint8Array();

  /**
   * @param {number} first position of the first byte in the file
   * @param {number} size of the whole file, in bytes
   */
  constructor(first, size) {
    this.#at = first;
    this.#size = size;
  }

  /**
   * Add the next bytes. Yield each segment that they complete. A segment whose first bytes aren't among those that were
   * added is left out.
   * @param {Uint8Array} bytes
   * @returns {Generator<{index: number, bytes: ArrayBuffer}>}
   */
  *add(bytes) {
    for (let from = 0; from < bytes.length;) {
      const index = Math.floor(this.#at / SEGMENT);
      const { first, last } = spanOf(index, this.#size);
      if (index !== this.index) {
        this.#bytes = new Uint8Array(last - first + 1);
        this.index = index;
        this.count = 0;
      }
      const part = bytes.subarray(from, from + last + 1 - this.#at);
      this.#bytes.set(part, this.#at - first);
      this.#at += part.length;
      this.count += part.length;
      from += part.length;
      if (this.count === this.#bytes.length) yield { index, bytes: this.#bytes.buffer };
    }
  }
}
