// Interprets the server's response to the request for one segment. Pure.
import { spanOf } from "./segments.js";

/**
 * @typedef {object} Facts what the response headers say about the whole file; null where they say nothing
 * @property {number | null} size bytes
 * @property {string | null} sha256 hexadecimal
 * @property {string | null} etag
 * @property {string | null} type
 *
 * @typedef {{size: number, sha256: string, etag: string}} Known what the app already knows about the file
 *
 * @typedef {"part" | "changed" | "later" | "gone" | "refused"} Meaning
 * "part": the response holds the requested bytes. "changed": the server has another file at this address now.
 * "later": try again later. "gone": the file doesn't exist. "refused": the server refuses the request.
 */

/** Like every 5xx, these statuses are worth another try: timeout, too early, too many requests. */
const TEMPORARY = [408, 425, 429];

/**
 * Read what the response headers say about the whole file.
 * @param {number} status
 * @param {Headers} headers
 * @returns {Facts}
 */
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

/**
 * Convert "sha-256=:base64:" (RFC 9530) to hexadecimal.
 * @param {string | null} field
 */
function digestOf(field) {
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(field ?? "")?.[1];
  if (!base64) return null;
  return Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(
    "",
  );
}

/**
 * Interpret the response to the request for a segment.
 * @param {number} status
 * @param {Headers} headers
 * @param {number} index of the requested segment
 * @param {Known} known
 * @returns {Meaning}
 */
export function meaningOf(status, headers, index, known) {
  if (status === 404 || status === 410) return "gone";
  if (status >= 500 || TEMPORARY.includes(status)) return "later";
  if (status !== 200 && status !== 206 && status !== 416) return "refused";
  if (isOther(factsOf(status, headers), known)) return "changed";
  const { first, last } = spanOf(index, known.size);
  const expected = `bytes ${first}-${last}/${known.size}`;
  // The whole file or another part of it: a proxy on the way doesn't support ranges at the moment.
  return status === 206 && headers.get("content-range") === expected ? "part" : "later";
}

/**
 * Return whether the headers describe a different file from the known one.
 * @param {Facts} facts
 * @param {Known} known
 */
function isOther({ size, sha256, etag }, known) {
  if (size !== null && size !== known.size) return true;
  if (sha256 !== null && sha256 !== known.sha256) return true;
  return Boolean(etag && known.etag) && strong(etag) !== strong(known.etag);
}

/**
 * Remove the weak prefix of an ETag. A proxy that compresses adds it, but the file is still the same.
 * @param {string | null} etag
 */
function strong(etag) {
  return etag?.replace(/^W\//, "");
}

/**
 * Return how long the server asks to wait (Retry-After, RFC 9110, 10.2.3), in ms; null when it doesn't.
 * @param {Headers} headers
 * @param {number} now
 */
export function retryAfter(headers, now) {
  const field = headers.get("retry-after");
  if (!field) return null;
  const wait = /^\d+$/.test(field) ? Number(field) * 1000 : Date.parse(field) - now;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
