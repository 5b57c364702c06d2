/**
 * The set digest: one value for a set of record ids, so that phone and server can tell whether they hold the same set
 * without sending it (sync.md, "What changed since").
 */

import { fromBase64url, toBase64url } from "./base64.js";

const BYTES = 32;
const MODULUS = 1n << BigInt(8 * BYTES);

/** Computes set digests. It hashes each id only once. */
export class SetDigest {
  /** @type {Map<string, Promise<bigint>>} */
  #hashes = new Map();

  /**
   * Return the sum modulo 2^256 of the SHA-256 of each id's bytes.
   *
   * @param {Iterable<string>} ids of records, each once
   * @returns {Promise<string>} 32 bytes, the highest first, in base64url
   */
  async of(ids) {
    const hashes = await Promise.all([...ids].map((id) => this.#hash(id)));
    const sum = hashes.reduce((total, hash) => (total + hash) % MODULUS, 0n);
    const hex = sum.toString(16).padStart(2 * BYTES, "0");
    return toBase64url(Uint8Array.from({ length: BYTES }, (_, at) => byteAt(hex, at)));
  }

  /** @param {string} id */
  #hash(id) {
    const hash = this.#hashes.get(id) ?? sha256(fromBase64url(id));
    this.#hashes.set(id, hash);
    return hash;
  }
}

/** @param {string} hex @param {number} at */
const byteAt = (hex, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return BigInt(`0x${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}
