/**
 * Seal and open voice notes. A voice note is the user's own recording of their compassionate letter. One random key
 * seals all voice notes, and the data key seals that random key. When the phone takes another secret (a restored
 * backup, new words), only the random key is sealed again. The sound stays as it is.
 */

import { fromBase64url } from "./base64.js";
import { UnreadableError } from "./errors.js";
import { join, open, seal } from "./seal.js";

/** @import { Bytes } from "./base64.js" */
/** @import { Change } from "./database.js" */

/**
 * The facts about a voice note.
 *
 * @typedef {object} About
 * @property {string} name given by the speaker; may be empty
 * @property {number} created ms since 1970
 * @property {number} ms length of the recording
 * @property {string} type MIME type of the sound
 * @property {number} pieces number of pieces
 * @property {number} bytes size of the sound
 * @property {"recording" | "stopped" | "kept"} state a voice note that isn't `kept` is offered but not listed
 */

/** Where the sealed key of voice notes is stored. Phones have it in this place, so the name must not change. */
export const KEY_PLACE = /** @type {["meta", string]} */ (["meta", "letters-key"]);

const KEY_BYTES = 32;

// The prefixes differ from each other and from those of records and entries. Bytes that are copied to another place
// therefore don't open. Phones have bytes that were sealed with these prefixes, so they must not change.
const KEY_PREFIX = new TextEncoder().encode("HRVK");
const ABOUT_PREFIX = new TextEncoder().encode("HRVA");
const PIECE_PREFIX = new TextEncoder().encode("HRV1");

/**
 * Create the key of voice notes, and seal it.
 *
 * @param {CryptoKey} dataKey
 * @param {(length: number) => Bytes} randomBytes
 * @returns {Promise<Bytes>} the sealed key
 */
export function newVoiceNoteKey(dataKey, randomBytes) {
  return seal(dataKey, KEY_PREFIX, randomBytes(KEY_BYTES));
}

/**
 * Open the key of voice notes.
 *
 * @param {CryptoKey} dataKey
 * @param {Bytes} sealed
 * @returns {Promise<CryptoKey>}
 * @throws {UnreadableError}
 */
export async function openVoiceNoteKey(dataKey, sealed) {
  const bytes = await orUnreadable(KEY_PLACE[1], open(dataKey, KEY_PREFIX, sealed));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * Seal the key of voice notes under another data key, when the phone takes another secret.
 *
 * @param {CryptoKey | undefined} from the old data key
 * @param {CryptoKey} to the new data key
 * @param {Bytes | undefined} sealed undefined if nothing was ever recorded
 * @returns {Promise<Change[]>} to be stored with the new secret; empty if the key can't be opened, so that it stays as
 *   it is
 */
export async function resealVoiceNoteKey(from, to, sealed) {
  if (!from || !sealed) return [];
  try {
    const bytes = await open(from, KEY_PREFIX, sealed);
    return [[...KEY_PLACE, await seal(to, KEY_PREFIX, bytes)]];
  } catch {
    return [];
  }
}

/**
 * Seal the facts about a voice note.
 *
 * @param {CryptoKey} key
 * @param {string} id of the voice note
 * @param {About} about
 * @returns {Promise<Bytes>}
 */
export function sealAbout(key, id, about) {
  const plain = /** @type {Bytes} */ (new TextEncoder().encode(JSON.stringify(about)));
  return seal(key, aboutData(id), plain);
}

/**
 * Open the facts about a voice note.
 *
 * @param {CryptoKey} key
 * @param {string} id of the voice note
 * @param {Bytes} sealed
 * @returns {Promise<About>}
 * @throws {UnreadableError}
 */
export async function openAbout(key, id, sealed) {
  const plain = await orUnreadable(id, open(key, aboutData(id), sealed));
  return JSON.parse(new TextDecoder().decode(plain));
}

/**
 * Seal a piece of sound.
 *
 * @param {CryptoKey} key
 * @param {string} id of the voice note
 * @param {number} number of the piece, from 0
 * @param {Bytes} sound
 * @returns {Promise<Bytes>}
 */
export function sealPiece(key, id, number, sound) {
  return seal(key, pieceData(id, number), sound);
}

/**
 * Open a piece of sound.
 *
 * @param {CryptoKey} key
 * @param {string} id of the voice note
 * @param {number} number of the piece, from 0
 * @param {Bytes | undefined} sealed
 * @returns {Promise<Bytes>}
 * @throws {UnreadableError} also if the piece is missing
 */
export async function openPiece(key, id, number, sealed) {
  if (!sealed) throw new UnreadableError(id);
  return orUnreadable(id, open(key, pieceData(id, number), sealed));
}

/** @param {string} id */
const aboutData = (id) => join([ABOUT_PREFIX, fromBase64url(id)]);

/**
 * Return the additional data of a piece. A piece in the place of another one, or in another voice note, doesn't open.
 *
 * @param {string} id of the voice note
 * @param {number} number of the piece
 */
function pieceData(id, number) {
  const numberBytes = new Uint8Array(4);
  new DataView(numberBytes.buffer).setUint32(0, number);
  return join([PIECE_PREFIX, fromBase64url(id), numberBytes]);
}

/**
 * Wait for a promise, and turn any error into an UnreadableError.
 *
 * @template T
 * @param {string} id
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function orUnreadable(id, promise) {
  try {
    return await promise;
  } catch (cause) {
    throw new UnreadableError(id, { cause });
  }
}
