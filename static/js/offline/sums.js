// SHA-256 of segments, and of a whole recording that is never in memory at once.
import { hex } from "./hex.js";
import * as kept from "./kept.js";
import { segmentCount } from "./segments.js";

/** @typedef {import("./kept.js").Note} Note */

/**
 * Bytes that are hashed before the page gets a turn: about 1 ms of a fast phone, 4 ms of a slow one.
 * WebCrypto does it elsewhere and ten times as fast, but only for what is in memory as one.
 */
const SLICE = 32 * 1024;

/** @param {ArrayBuffer} bytes */
export async function sumOf(bytes) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** The sum of a whole, made as its segments come: each is read and hashed once. */
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
   * A segment came. Those before it are here already and are read where this page hasn't seen them.
   * @param {Note} note @param {number} index @param {ArrayBuffer} bytes
   */
  async take(note, index, bytes) {
    // One alone is the whole, and its sum is known.
    if (this.#count < 2 || index < this.#next) return;
    if (await this.#readUpTo(note, index)) await this.#add(bytes);
  }

  /** The sum of it all; null when a segment isn't here any more. @param {Note} note */
  async end(note) {
    if (this.#count === 1 && note.sums?.[0]) return note.sums[0];
    if (!(await this.#readUpTo(note, this.#count))) return null;
    return hex((await this.#started()).clone().digest());
  }

  /** @param {Note} note @param {number} index */
  async #readUpTo(note, index) {
    while (this.#next < index) {
      const bytes = await kept.segment(note, this.#next);
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
      await aTurnForThePage();
    }
    this.#next++;
  }

  async #started() {
    const { sha256 } = await import("@noble/hashes/sha2.js");
    return (this.#hash ??= sha256.create());
  }
}

/** Timers would wait a second each in a tab behind others; messages don't. @returns {Promise<void>} */
function aTurnForThePage() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
