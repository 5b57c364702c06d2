// What the server's answer to the request for one segment means. Pure.
import { spanOf } from "./segments.js";

/**
 * @typedef {object} Facts what an answer's head tells of the whole file; null where it doesn't
 * @property {number | null} size bytes
 * @property {string | null} sha256 hexadecimal
 * @property {string | null} etag
 * @property {string | null} type
 *
 * @typedef {{size: number, sha256: string, etag: string}} Known what was known of it before
 *
 * @typedef {"part" | "changed" | "later" | "gone" | "refused"} Meaning
 * the bytes that were asked for; another file stands there now; try again later; there is no such
 * file; no
 */

/** Worth another try: timeouts, too many requests, and whatever the server blames on itself. */
const PASSING = [408, 425, 429];

/** @param {number} status @param {Headers} headers @returns {Facts} */
export function factsOf(status, headers) {
  const length = headers.get("content-length");
  const total = /\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1];
  const size = status === 200 ? length : total;
  return {
    size: size ? Number(size) : null,
    sha256: digestOf(headers.get("repr-digest")),
    etag: headers.get("etag"),
    type: headers.get("content-type"),
  };
}

/** "sha-256=:base64:" (RFC 9530) in hexadecimal. @param {string | null} field */
function digestOf(field) {
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(field ?? "")?.[1];
  if (!base64) return null;
  return Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(
    "",
  );
}

/**
 * @param {number} status
 * @param {Headers} headers
 * @param {number} index of the segment that was asked for
 * @param {Known} known
 * @returns {Meaning}
 */
export function meaningOf(status, headers, index, known) {
  if (status === 404 || status === 410) return "gone";
  if (status >= 500 || PASSING.includes(status)) return "later";
  if (status !== 200 && status !== 206 && status !== 416) return "refused";
  if (isOther(factsOf(status, headers), known)) return "changed";
  const { first, last } = spanOf(index, known.size);
  const asked = `bytes ${first}-${last}/${known.size}`;
  // The whole file, or another part of it: something on the way knows no ranges just now.
  return status === 206 && headers.get("content-range") === asked ? "part" : "later";
}

/** @param {Facts} facts @param {Known} known */
function isOther({ size, sha256, etag }, known) {
  if (size !== null && size !== known.size) return true;
  if (sha256 !== null && sha256 !== known.sha256) return true;
  return Boolean(etag && known.etag) && strong(etag) !== strong(known.etag);
}

/** A proxy that compresses weakens the tag, yet means the same file. @param {string | null} etag */
function strong(etag) {
  return etag?.replace(/^W\//, "");
}

/** How long the server asks to wait (RFC 9110, 10.2.3), in milliseconds; null when it doesn't. @param {Headers} headers @param {number} now */
export function retryAfter(headers, now) {
  const field = headers.get("retry-after");
  if (!field) return null;
  const wait = /^\d+$/.test(field) ? Number(field) * 1000 : Date.parse(field) - now;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
