/** Encode bytes as text: unpadded base64url (RFC 4648, section 5) and lower-case unpadded base32 (section 6). */

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * @param {Bytes} bytes
 * @returns {string}
 */
export function toBase64url(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Decode base64url. Accept only what `toBase64url` writes: no padding, no spaces, no stray bits. Otherwise two texts
 * could stand for the same id.
 *
 * @param {string} text
 * @returns {Bytes}
 * @throws {RangeError} if the text isn't strict base64url
 */
export function fromBase64url(text) {
  if (!/^[\w-]*$/.test(text)) throw new RangeError("Not base64url");
  let binary;
  try {
    binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch (cause) {
    throw new RangeError("Not base64url", { cause });
  }
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (toBase64url(bytes) !== text) throw new RangeError("Not canonical base64url");
  return bytes;
}

/**
 * @param {Bytes} bytes
 * @returns {string}
 */
export function toBase32(bytes) {
  let text = "";
  let bits = 0;
  let buffer = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(buffer >>> (bits - 5)) & 31];
    buffer &= 255;
  }
  return bits ? text + BASE32[(buffer << (5 - bits)) & 31] : text;
}
