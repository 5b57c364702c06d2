// Computes SHA-256: of one segment, and of a whole recording, which is never in memory as a whole.
import { hex } from "./hex.js";
import * as store from "./store.js";
import { segmentCount } from "./segments.js";

/** @typedef {import("./store.js").Note} Note */

/**
 * Bytes to hash before the page's other tasks may run: about 1 ms on a fast phone, 4 ms on a slow one.
 * WebCrypto hashes outside the main thread and ten times as fast, but only what is in one buffer.
 */
const SLICE = 32 * 1024;

/**
 * Return the SHA-256 of a segment, in hexadecimal.
 * @param {ArrayBuffer} bytes
 */
export async function sumOf(bytes) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** The SHA-256 of a whole recording, computed as its segments arrive. Each is read and hashed once. */
export class RunningSum {
  #next = 0;
  /** @type {ReturnType<typeof import("@noble/hashes/sha2.js").sha256.create> | undefined} */
  #hash;
  /** @type {number} */
  #count;

  /** @param {Note} note */
  constructor(note) {
    this.#count = segmentCount(note.size);
  }

  /**
   * Add a segment that has arrived. Earlier segments that were not added yet are read from the cache.
   * @param {Note} note
   * @param {number} index
   * @param {ArrayBuffer} bytes
   */
  async take(note, index, bytes) {
    // A single segment is the whole file, and its digest is already known.
    if (this.#count < 2 || index < this.#next) return;
    if (await this.#readUpTo(note, index)) await this.#add(bytes);
  }

  /**
   * Return the SHA-256 of the whole recording; null when a segment is no longer in the cache.
   * @param {Note} note
   */
  async end(note) {
    if (this.#count === 1 && note.sums?.[0]) return note.sums[0];
    if (!(await this.#readUpTo(note, this.#count))) return null;
    return hex((await this.#started()).clone().digest());
  }

  /**
   * Read and add the segments before `index`, and write their digests into the note. Return whether all of them
   * were in the cache.
   * @param {Note} note
   * @param {number} index
   */
  async #readUpTo(note, index) {
    while (this.#next < index) {
      const bytes = await store.segment(note, this.#next);
      if (!bytes) return false;
      note.sums ??= [];
      note.sums[this.#next] ??= await sumOf(bytes);
      await this.#add(bytes);
    }
    return true;
  }

  /** @param {ArrayBuffer} bytes */
  async #add(bytes) {
    const hash = await this.#started();
    for (let at = 0; at < bytes.byteLength; at += SLICE) {
      hash.update(new Uint8Array(bytes, at, Math.min(SLICE, bytes.byteLength - at)));
      await yieldToPage();
    }
    this.#next++;
  }

  async #started() {
    const { sha256 } = await import("@noble/hashes/sha2.js");
    return (this.#hash ??= sha256.create());
  }
}

/**
 * Let the page's other tasks run. Uses a message because each timer would take a second in a background tab.
 * @returns {Promise<void>}
 */
function yieldToPage() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
