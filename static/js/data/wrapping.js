/**
 * Wrap the secret under a PIN or a passphrase (sync.md, "Keys"). PBKDF2-SHA-256 derives a key from the PIN, and
 * AES-256-GCM wraps the secret with that key. A wrong guess doesn't open it, and nothing else tells whether a guess is
 * right.
 *
 * This keeps family out, but not a laboratory: six digits are only a million guesses.
 */

import { UnreadableError } from "./errors.js";
import { sameBytes } from "./same-bytes.js";

/** @import { Bytes } from "./base64.js" */

/** @typedef {"digits" | "phrase"} Kind what the person chose to type */

/**
 * What is stored in place of the secret.
 *
 * @typedef {object} Wrapped
 * @property {1} version
 * @property {Kind} kind
 * @property {number} rounds of PBKDF2
 * @property {Bytes} salt 16 bytes, new with every PIN
 * @property {Bytes} iv 12 bytes, new with every wrapping
 * @property {Bytes} sealed ciphertext and tag of the secret
 * @property {Bytes} mark 16 bytes that identify the secret when it comes from the twelve words
 */

/**
 * An open lock. It exists in memory only and is passed only from tab to tab.
 *
 * @typedef {object} Opened
 * @property {CryptoKey} key derived from the PIN, not extractable
 * @property {Wrapped} wrapped what was opened
 * @property {Bytes} secret 16 bytes
 */

/** The number that OWASP gives for PBKDF2 with SHA-256. sync.md has the same. */
export const ROUNDS = 600_000;
const DIGITS = 6;
/** The least number of characters. Shorter passphrases are easier to guess than six digits. */
export const SHORTEST_PHRASE = 8;

const SALT_BYTES = 16;
const IV_BYTES = 12;
const MARK_BYTES = 16;
const PREFIX = new TextEncoder().encode("HRW1");
const MARK = new TextEncoder().encode("hearth/v1/mark");
/** The zeros of other scripts: Arabic, Persian, Devanagari, Bengali, full-width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

/**
 * Normalise a PIN, so that the same PIN typed on another keyboard gives the same text.
 *
 * @param {string} text as typed
 * @returns {string}
 */
export function plainly(text) {
  const digits = text.replace(/\p{Nd}/gu, (digit) => {
    const code = /** @type {number} */ (digit.codePointAt(0));
    const zero = ZEROS.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });
  return digits.normalize("NFKC").trim();
}

/**
 * Return whether a text is a PIN of six digits.
 *
 * @param {string} text as typed
 */
export function isPin(text) {
  return new RegExp(`^[0-9]{${DIGITS}}$`).test(plainly(text));
}

/**
 * Wrap a secret under a PIN, with a new salt.
 *
 * @param {Bytes} secret
 * @param {string} pin as typed
 * @param {Kind} kind
 * @param {number} [rounds] fewer in tests only
 * @returns {Promise<Opened>}
 */
export async function wrapAnew(secret, pin, kind, rounds = ROUNDS) {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const key = await keyFrom(pin, salt, rounds);
  const wrapped = await wrap(secret, key, { version: 1, kind, rounds, salt });
  return { key, wrapped, secret };
}

/**
 * Wrap another secret under the same PIN.
 *
 * @param {Opened} opened
 * @param {Bytes} secret
 * @returns {Promise<Opened>}
 */
export async function wrapAgain({ key, wrapped }, secret) {
  const { version, kind, rounds, salt } = wrapped;
  return { key, wrapped: await wrap(secret, key, { version, kind, rounds, salt }), secret };
}

/**
 * @param {Wrapped} wrapped
 * @param {string} pin as typed
 * @returns {Promise<Opened | null>} null if the PIN is wrong
 */
export async function unwrap(wrapped, pin) {
  return unwrapWith(wrapped, await keyFrom(pin, wrapped.salt, wrapped.rounds));
}

/**
 * @param {Wrapped} wrapped
 * @param {CryptoKey} key
 * @returns {Promise<Opened | null>} null if the key is wrong
 */
export async function unwrapWith(wrapped, key) {
  const { iv, sealed } = wrapped;
  const cipher = { name: "AES-GCM", iv, additionalData: additionalDataOf(wrapped) };
  try {
    const secret = new Uint8Array(await crypto.subtle.decrypt(cipher, key, sealed));
    return { key, wrapped, secret };
  } catch (error) {
    if (error instanceof DOMException && error.name === "OperationError") return null;
    throw new UnreadableError("secret", { cause: error });
  }
}

/**
 * Return whether a secret is the wrapped one.
 *
 * @param {Wrapped} wrapped
 * @param {Bytes} secret for example from the twelve words
 * @returns {Promise<boolean>}
 */
export async function isSecretOf({ mark }, secret) {
  return sameBytes(mark, await markOf(secret));
}

/**
 * @param {Bytes} secret
 * @param {CryptoKey} key
 * @param {Pick<Wrapped, "version" | "kind" | "rounds" | "salt">} about
 * @returns {Promise<Wrapped>}
 */
async function wrap(secret, key, about) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const cipher = { name: "AES-GCM", iv, additionalData: additionalDataOf(about) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher, key, secret));
  return { ...about, iv, sealed, mark: await markOf(secret) };
}

/**
 * @param {string} pin
 * @param {Bytes} salt
 * @param {number} iterations
 */
async function keyFrom(pin, salt, iterations) {
  const bytes = new TextEncoder().encode(plainly(pin));
  const base = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  const cipher = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(derivation, base, cipher, false, ["encrypt", "decrypt"]);
}

/**
 * Return the additional data. It contains the salt, so a secret wrapped under one PIN doesn't open in the place of
 * another.
 *
 * @param {Pick<Wrapped, "salt">} about
 */
const additionalDataOf = ({ salt }) => Uint8Array.of(...PREFIX, ...salt);

/**
 * Return the mark of a secret. A digest of 128 random bits reveals nothing about them.
 *
 * @param {Bytes} secret
 */
async function markOf(secret) {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.of(...MARK, ...secret));
  return new Uint8Array(digest).slice(0, MARK_BYTES);
}
