/**
 * The secret under a PIN or a passphrase (sync.md, "Keys"): PBKDF2-SHA-256 makes a key out of what a person remembers,
 * AES-256-GCM wraps the secret with it. What is guessed wrong doesn't open, and nothing else tells whether it is right.
 *
 * This keeps family out, not a laboratory: six digits are a million guesses.
 */

import { UnreadableError } from "./errors.js";

/** @import { Bytes } from "./base64.js" */

/** @typedef {"digits" | "phrase"} Kind what the person chose to type */

/**
 * What is stored in place of the secret.
 * @typedef {object} Wrapped
 * @property {1} version
 * @property {Kind} kind
 * @property {number} rounds of PBKDF2
 * @property {Bytes} salt 16 bytes, new with every PIN
 * @property {Bytes} iv 12 bytes, new whenever something is wrapped
 * @property {Bytes} sealed the secret's ciphertext and tag
 * @property {Bytes} mark 16 bytes, by which the secret is known again when it comes from the twelve words
 */

/**
 * A lock that is open: in memory only, and handed from tab to tab only.
 * @typedef {object} Opened
 * @property {CryptoKey} key made from the PIN, not extractable
 * @property {Wrapped} wrapped what was opened
 * @property {Bytes} secret 16 bytes
 */

/** OWASP's figure for PBKDF2 with SHA-256, and sync.md's. */
export const ROUNDS = 600_000;
const DIGITS = 6;
/** Shorter passphrases are easier to guess than six digits. */
export const SHORTEST_PHRASE = 8;

const SALT_BYTES = 16;
const IV_BYTES = 12;
const MARK_BYTES = 16;
const PREFIX = new TextEncoder().encode("HRW1");
const MARK = new TextEncoder().encode("hearth/v1/mark");
/** Where the digits of other scripts begin: Arabic, Persian, Devanagari, Bengali, full-width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

/**
 * The same PIN typed on another keyboard is the same PIN.
 *
 * @param {string} text as typed
 * @returns {string}
 */
export function plainly(text) {
  const digits = text.replace(/\p{Nd}/gu, (digit) => {
    const code = /** @type {number} */ (digit.codePointAt(0));
    const zero = ZEROS.find((one) => code >= one && code < one + 10);
    return zero === undefined ? digit : String(code - zero);
  });
  return digits.normalize("NFKC").trim();
}

/** @param {string} text as typed */
export function isPin(text) {
  return new RegExp(`^[0-9]{${DIGITS}}$`).test(plainly(text));
}

/**
 * @param {Bytes} secret
 * @param {string} pin as typed
 * @param {Kind} kind
 * @param {number} [rounds] fewer in tests only
 * @returns {Promise<Opened>} under a new salt
 */
export async function wrapAnew(secret, pin, kind, rounds = ROUNDS) {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const key = await keyFrom(pin, salt, rounds);
  const wrapped = await wrap(secret, key, { version: 1, kind, rounds, salt });
  return { key, wrapped, secret };
}

/**
 * Another secret under the same PIN.
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
 * @returns {Promise<Opened | null>} null when it is another one
 */
export async function unwrap(wrapped, pin) {
  return unwrapWith(wrapped, await keyFrom(pin, wrapped.salt, wrapped.rounds));
}

/**
 * @param {Wrapped} wrapped
 * @param {CryptoKey} key
 * @returns {Promise<Opened | null>}
 */
export async function unwrapWith(wrapped, key) {
  const { iv, sealed } = wrapped;
  const cipher = { name: "AES-GCM", iv, additionalData: dataOf(wrapped) };
  try {
    const secret = new Uint8Array(await crypto.subtle.decrypt(cipher, key, sealed));
    return { key, wrapped, secret };
  } catch (error) {
    if (error instanceof DOMException && error.name === "OperationError") return null;
    throw new UnreadableError("secret", { cause: error });
  }
}

/**
 * @param {Wrapped} wrapped
 * @param {Bytes} secret such as the twelve words give
 * @returns {Promise<boolean>} whether it is the one that is wrapped
 */
export async function isSecretOf({ mark }, secret) {
  return same(mark, await markOf(secret));
}

/** @param {Uint8Array} a @param {Uint8Array} b */
export function same(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/**
 * @param {Bytes} secret
 * @param {CryptoKey} key
 * @param {Pick<Wrapped, "version" | "kind" | "rounds" | "salt">} about
 * @returns {Promise<Wrapped>}
 */
async function wrap(secret, key, about) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const cipher = { name: "AES-GCM", iv, additionalData: dataOf(about) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher, key, secret));
  return { ...about, iv, sealed, mark: await markOf(secret) };
}

/** @param {string} pin @param {Bytes} salt @param {number} iterations */
async function keyFrom(pin, salt, iterations) {
  const bytes = new TextEncoder().encode(plainly(pin));
  const base = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  const cipher = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(how, base, cipher, false, ["encrypt", "decrypt"]);
}

/** Wrapped under one PIN, a secret doesn't open where another's stood. @param {Pick<Wrapped, "salt">} about */
const dataOf = ({ salt }) => Uint8Array.of(...PREFIX, ...salt);

/** Of 128 random bits a digest gives nothing away. @param {Bytes} secret */
async function markOf(secret) {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.of(...MARK, ...secret));
  return new Uint8Array(digest).slice(0, MARK_BYTES);
}
