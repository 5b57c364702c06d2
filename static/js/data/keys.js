/** Derive all keys from the secret (sync.md, "Keys"). */

import { toBase32, toBase64url } from "./base64.js";

/** @import { Bytes } from "./base64.js" */

/**
 * The secret and everything that is derived from it.
 *
 * @typedef {object} Keys
 * @property {Bytes} secret 16 bytes
 * @property {string} account id, 26 characters of base32
 * @property {Bytes} accountId the same id as 16 bytes
 * @property {string} auth 32 bytes as base64url; proves to the server who owns the account
 * @property {CryptoKey} digestKey HMAC-SHA-256, for digests that stay on this phone
 * @property {CryptoKey} dataKey AES-256-GCM, not extractable. It is derived anew at each start, because Safari can
 *   refuse to store a CryptoKey, or read it back as null.
 */

export const SECRET_BYTES = 16;

const SALT = new TextEncoder().encode("hearth/v1");

/** @param {string} info */
const hkdf = (info) => ({
  name: "HKDF",
  hash: "SHA-256",
  salt: SALT,
  info: new TextEncoder().encode(info),
});

/** @param {Bytes} secret */
function importSecret(secret) {
  if (secret.length !== SECRET_BYTES) throw new RangeError(`A secret has ${SECRET_BYTES} bytes`);
  return crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits", "deriveKey"]);
}

/**
 * Derive bytes from the secret.
 *
 * @param {Bytes} secret 16 bytes
 * @param {"account" | "auth" | "data"} info
 * @param {number} length in bytes
 * @returns {Promise<Bytes>}
 */
export async function deriveBytes(secret, info, length) {
  const base = await importSecret(secret);
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(info), base, length * 8));
}

/**
 * Derive all keys from the secret.
 *
 * @param {Bytes} secret 16 bytes
 * @returns {Promise<Keys>}
 */
export async function deriveKeys(secret) {
  const [base, accountId, auth] = await Promise.all([
    importSecret(secret),
    deriveBytes(secret, "account", 16),
    deriveBytes(secret, "auth", 32),
  ]);
  const cipher = { name: "AES-GCM", length: 256 };
  const usages = /** @type {KeyUsage[]} */ (["encrypt", "decrypt"]);
  const hmac = { name: "HMAC", hash: "SHA-256", length: 256 };
  const [dataKey, digestKey] = await Promise.all([
    crypto.subtle.deriveKey(hkdf("data"), base, cipher, false, usages),
    crypto.subtle.deriveKey(hkdf("digest"), base, hmac, false, ["sign"]),
  ]);
  const [account, proof] = [toBase32(accountId), toBase64url(auth)];
  return { secret, account, accountId, auth: proof, dataKey, digestKey };
}
