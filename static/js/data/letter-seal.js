/**
 * Sealing letters, a person's own voice. Their key is random and sealed under the data key: when the phone takes
 * another secret (a restored backup, new words), that one key is sealed anew, and the sound stays as it is.
 */

import { fromBase64url } from "./base64.js";
import { UnreadableError } from "./errors.js";
import { join, open, seal } from "./seal.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Change } from "./database.js" */

/**
 * What is known of a letter.
 * @typedef {object} About
 * @property {string} name as its speaker called it; may be empty
 * @property {number} created ms since 1970
 * @property {number} ms its length
 * @property {string} type MIME type of the sound
 * @property {number} pieces how many there are
 * @property {number} bytes of sound
 * @property {"recording" | "stopped" | "kept"} state until it is kept, it is offered and not listed
 */

/** Where the letters' key is stored. */
export const KEY_PLACE = /** @type {["meta", string]} */ (["meta", "letters-key"]);

const KEY_BYTES = 32;

// Different from each other and from those of records and entries, so that bytes copied to another place don't open.
const KEY_PREFIX = new TextEncoder().encode("HRVK");
const ABOUT_PREFIX = new TextEncoder().encode("HRVA");
const PIECE_PREFIX = new TextEncoder().encode("HRV1");

/**
 * @param {CryptoKey} dataKey
 * @param {(length: number) => Bytes} randomBytes
 * @returns {Promise<Bytes>} a new key, sealed
 */
export function newLetterKey(dataKey, randomBytes) {
  return seal(dataKey, KEY_PREFIX, randomBytes(KEY_BYTES));
}

/**
 * @param {CryptoKey} dataKey
 * @param {Bytes} sealed
 * @returns {Promise<CryptoKey>}
 * @throws {UnreadableError}
 */
export async function openLetterKey(dataKey, sealed) {
  const bytes = await opened(KEY_PLACE[1], open(dataKey, KEY_PREFIX, sealed));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * For a phone that takes another secret.
 *
 * @param {CryptoKey | undefined} from the data key until now
 * @param {CryptoKey} to the data key from now on
 * @param {Bytes | undefined} sealed undefined where nothing was ever recorded
 * @returns {Promise<Change[]>} to be stored with the new secret; nothing when it can't be opened: it is left as it is
 */
export async function resealLetterKey(from, to, sealed) {
  if (!from || !sealed) return [];
  try {
    const bytes = await open(from, KEY_PREFIX, sealed);
    return [[...KEY_PLACE, await seal(to, KEY_PREFIX, bytes)]];
  } catch {
    return [];
  }
}

/**
 * @param {CryptoKey} key
 * @param {string} id of the letter
 * @param {About} about
 * @returns {Promise<Bytes>}
 */
export function sealAbout(key, id, about) {
  const plain = /** @type {Bytes} */ (new TextEncoder().encode(JSON.stringify(about)));
  return seal(key, aboutData(id), plain);
}

/**
 * @param {CryptoKey} key
 * @param {string} id of the letter
 * @param {Bytes} sealed
 * @returns {Promise<About>}
 * @throws {UnreadableError}
 */
export async function openAbout(key, id, sealed) {
  const plain = await opened(id, open(key, aboutData(id), sealed));
  return JSON.parse(new TextDecoder().decode(plain));
}

/**
 * @param {CryptoKey} key
 * @param {string} id of the letter
 * @param {number} number of the piece, from 0
 * @param {Bytes} sound
 * @returns {Promise<Bytes>}
 */
export function sealPiece(key, id, number, sound) {
  return seal(key, pieceData(id, number), sound);
}

/**
 * @param {CryptoKey} key
 * @param {string} id of the letter
 * @param {number} number of the piece, from 0
 * @param {Bytes | undefined} sealed
 * @returns {Promise<Bytes>}
 * @throws {UnreadableError} also if it isn't there
 */
export async function openPiece(key, id, number, sealed) {
  if (!sealed) throw new UnreadableError(id);
  return opened(id, open(key, pieceData(id, number), sealed));
}

/** @param {string} id */
const aboutData = (id) => join([ABOUT_PREFIX, fromBase64url(id)]);

/**
 * A piece in another letter's or another piece's place is found out.
 *
 * @param {string} id
 * @param {number} number
 */
function pieceData(id, number) {
  const at = new Uint8Array(4);
  new DataView(at.buffer).setUint32(0, number);
  return join([PIECE_PREFIX, fromBase64url(id), at]);
}

/**
 * @template T
 * @param {string} id
 * @param {Promise<T>} opening
 * @returns {Promise<T>}
 */
async function opened(id, opening) {
  try {
    return await opening;
  } catch (cause) {
    throw new UnreadableError(id, { cause });
  }
}
