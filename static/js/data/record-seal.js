/** Seal and open states as records for the server (sync.md, "A record"). */

import { fromBase64url, toBase64url } from "./base64.js";
import { checkState } from "./check-state.js";
import { RecordTooLargeError, UnreadableError } from "./errors.js";
import { IV_BYTES, decode, encode, join, open, seal } from "./seal.js";

/** @import { Bytes } from "./base64.js" */
/** @import { State } from "./entry.js" */
/** @import { Keys } from "./keys.js" */

/**
 * A record in the form in which it is sent. All values are unpadded base64url.
 *
 * @typedef {{id: string, entry: string, supersedes: string[], sealed: string}} SealedRecord
 */

const RECORD_LIMIT = 64 * 1024;
const BLOCK = 1024;
const TAG_BYTES = 16;
const END_MARK = 0x80;
const RECORD_PREFIX = new TextEncoder().encode("HRT1");

/**
 * Seal a state as a record.
 *
 * @param {Keys} keys
 * @param {{id: string, entry: string, supersedes: string[]}} about ids in base64url
 * @param {State} state
 * @param {Bytes} [iv] 12 bytes; only tests pass one
 * @returns {Promise<SealedRecord>} with `supersedes` in ascending order
 * @throws {RecordTooLargeError}
 */
export async function sealRecord(keys, { id, entry, supersedes }, state, iv) {
  const plain = pad(encode(state));
  const size = sealedSize(plain);
  if (size > RECORD_LIMIT) throw new RecordTooLargeError(entry, size, RECORD_LIMIT);
  const record = { id, entry, supersedes: ascending(supersedes) };
  const sealed = await seal(keys.dataKey, recordData(keys.accountId, record), plain, iv);
  return { ...record, sealed: toBase64url(sealed) };
}

/**
 * Return whether a state is too long for a record.
 *
 * @param {State} state
 */
export const isTooLarge = (state) => sealedSize(pad(encode(state))) > RECORD_LIMIT;

/**
 * @param {Bytes} plain
 * @returns {number} its length when it is sealed, in bytes
 */
const sealedSize = ({ length }) => IV_BYTES + length + TAG_BYTES;

/**
 * Open a record.
 *
 * @param {Keys} keys
 * @param {SealedRecord} record
 * @returns {Promise<State>}
 * @throws {UnreadableError} if the record was altered, was sealed in another way or doesn't hold a state
 */
export async function openRecord(keys, record) {
  try {
    const data = recordData(keys.accountId, record);
    const plain = await open(keys.dataKey, data, fromBase64url(record.sealed));
    return checkState(decode(unpad(plain)));
  } catch (cause) {
    throw new UnreadableError(record.id, { cause });
  }
}

/**
 * Return the additional data of a record. If a server swaps records, entries or accounts, the record doesn't open.
 *
 * @param {Bytes} accountId
 * @param {{id: string, entry: string, supersedes: string[]}} record
 */
function recordData(accountId, { id, entry, supersedes }) {
  const count = Uint8Array.of(supersedes.length >> 8, supersedes.length & 255);
  const ids = [entry, id].map(fromBase64url);
  return join([RECORD_PREFIX, accountId, ...ids, count, ...supersedes.map(fromBase64url)]);
}

/**
 * Sort ids by their bytes. Sorting their base64url text would give another order.
 *
 * @param {string[]} ids
 */
function ascending(ids) {
  const bytes = ids.map(fromBase64url);
  const compareBytes = (/** @type {Bytes} */ a, /** @type {Bytes} */ b) => {
    const index = a.findIndex((byte, index) => byte !== b[index]);
    return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
  };
  return bytes.sort(compareBytes).map(toBase64url);
}

/**
 * @param {Bytes} bytes
 * @returns {Bytes} the bytes, 0x80, then zeros up to a multiple of 1,024
 */
function pad(bytes) {
  const padded = new Uint8Array(Math.ceil((bytes.length + 1) / BLOCK) * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = END_MARK;
  return padded;
}

/** @param {Bytes} padded */
function unpad(padded) {
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== END_MARK) throw new RangeError("Wrong padding");
  return padded.subarray(0, end);
}
