/** Seal and open entries and values for the storage of this phone. record-seal.js seals what the server gets. */

import { fromBase64url } from "./base64.js";
import { UnreadableError } from "./errors.js";

/** @import { Bytes } from "./base64.js" */
/** @import { State } from "./entry.js" */

export const IV_BYTES = 12;

// This and the other prefixes differ, so that bytes copied from one place to another don't open.
const ENTRY_PREFIX = new TextEncoder().encode("HRL1");
const VALUE_PREFIX = new TextEncoder().encode("HRV1");

/**
 * Seal a state for the storage of this phone.
 *
 * @param {CryptoKey} dataKey
 * @param {string} id of the entry
 * @param {State} state
 * @returns {Promise<Bytes>}
 */
export function sealEntry(dataKey, id, state) {
  return seal(dataKey, join([ENTRY_PREFIX, fromBase64url(id)]), encode(state));
}

/**
 * Open a state from the storage of this phone.
 *
 * @param {CryptoKey} dataKey
 * @param {string} id of the entry
 * @param {Bytes} sealed
 * @returns {Promise<State>}
 * @throws {UnreadableError}
 */
export async function openEntry(dataKey, id, sealed) {
  try {
    return decode(await open(dataKey, join([ENTRY_PREFIX, fromBase64url(id)]), sealed));
  } catch (cause) {
    throw new UnreadableError(id, { cause });
  }
}

/**
 * Seal a JSON value for the storage of this phone.
 *
 * @param {CryptoKey} dataKey
 * @param {string} name of the value
 * @param {any} value
 * @returns {Promise<Bytes>}
 */
export function sealValue(dataKey, name, value) {
  return seal(dataKey, join([VALUE_PREFIX, bytesOf(name)]), encode(value));
}

/**
 * Open what `sealValue` returned.
 *
 * @param {CryptoKey} dataKey
 * @param {string} name of the value
 * @param {unknown} sealed
 * @returns {Promise<any>} undefined if there is nothing, or nothing that opens with this key
 */
export async function openValue(dataKey, name, sealed) {
  if (!(sealed instanceof Uint8Array)) return undefined;
  try {
    const bytes = /** @type {Bytes} */ (sealed);
    return decode(await open(dataKey, join([VALUE_PREFIX, bytesOf(name)]), bytes));
  } catch {
    return undefined;
  }
}

/**
 * Encrypt bytes with AES-GCM.
 *
 * @param {CryptoKey} key
 * @param {Bytes} additionalData
 * @param {Bytes} plain
 * @param {Bytes} [iv]
 * @returns {Promise<Bytes>} initialisation vector, ciphertext and tag
 */
export async function seal(
  key,
  additionalData,
  plain,
  iv = crypto.getRandomValues(new Uint8Array(IV_BYTES)),
) {
  const cipher = { name: "AES-GCM", iv, additionalData };
  return join([iv, new Uint8Array(await crypto.subtle.encrypt(cipher, key, plain))]);
}

/**
 * Decrypt what `seal` returned.
 *
 * @param {CryptoKey} key
 * @param {Bytes} additionalData
 * @param {Bytes} sealed
 * @returns {Promise<Bytes>}
 */
export async function open(key, additionalData, sealed) {
  const cipher = { name: "AES-GCM", iv: sealed.subarray(0, IV_BYTES), additionalData };
  return new Uint8Array(await crypto.subtle.decrypt(cipher, key, sealed.subarray(IV_BYTES)));
}

/** @param {string} text */
const bytesOf = (text) => /** @type {Bytes} */ (new TextEncoder().encode(text));

/** @param {any} value */
export const encode = (value) => bytesOf(JSON.stringify(value));

/** @param {Bytes} bytes */
export const decode = (bytes) =>
  JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));

/**
 * @param {Bytes[]} parts
 * @returns {Bytes}
 */
export function join(parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
