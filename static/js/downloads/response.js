// Interprets the response to the request for one segment. Pure.
import { isFromHearth } from "./from-hearth.js";
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
 * @typedef {"bytes" | "changed" | "later" | "foreign" | "gone" | "refused"} Meaning
 * "bytes": the response holds the requested bytes, perhaps among others. "changed": the server has another file at this
 * address now. "later": try again later. "foreign": the same, because something else answers in place of the server.
 * "gone": the file doesn't exist. "refused": the server refuses the request.
 */

/** Like every 5xx, these statuses are worth another try: timeout, too early, too many requests. */
const TEMPORARY = [408, 425, 429];

/** What some proxies add to the ETag of a response that they compress: "one" becomes "one-gzip". */
const CODING = /(?:-|;|--)(?:gzip|br|zstd|deflate)"$/;

/**
 * Read what the response headers say about the whole file.
 * @param {number} status
 * @param {Headers} headers
 * @returns {Facts}
 */
export function factsOf(status, headers) {
  const length = isEncoded(headers) ? null : headers.get("content-length");
  const total = /\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1];
  const size = status === 200 ? length : total;
  return {
    size: size ? Number(size) : null,
    sha256: digestOf(headers.get("repr-digest")),
    etag: headers.get("etag")?.replace(CODING, '"') ?? null,
    type: headers.get("content-type"),
  };
}

/**
 * Return whether the body was encoded, for example compressed. Then its length is not the file's.
 * @param {Headers} headers
 */
function isEncoded(headers) {
  return (headers.get("content-encoding") ?? "identity") !== "identity";
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
  if (status >= 500 || TEMPORARY.includes(status)) return "later";
  const isOurs = isFromHearth(headers);
  if (status === 404 || status === 410) return isOurs ? "gone" : "foreign";
  if (status !== 200 && status !== 206 && status !== 416) return isOurs ? "refused" : "foreign";
  const facts = factsOf(status, headers);
  if (isOther(facts, known)) return isOurs ? "changed" : "foreign";
  const body = bodySpan(status, headers, known.size);
  const { first, last } = spanOf(index, known.size);
  if (!body || body.first > first || body.last < last) return "later";
  return isOurs || hasTag(facts, known) || facts.size === known.size ? "bytes" : "foreign";
}

/**
 * Return the first and last byte of the file that a body holds, both included; null if it holds no such part. Some
 * proxies ignore ranges and send the whole file, or another part.
 * @param {number} status
 * @param {Headers} headers
 * @param {number} size of the whole file
 */
export function bodySpan(status, headers, size) {
  if (status === 200) return { first: 0, last: size - 1 };
  const range = /^bytes (\d+)-(\d+)\/(?:\d+|\*)$/.exec(headers.get("content-range") ?? "");
  if (status !== 206 || !range || isEncoded(headers)) return null;
  const [first, last] = [Number(range[1]), Number(range[2])];
  return first <= last && last < size ? { first, last } : null;
}

/**
 * Return whether the headers describe a different file from the known one. The digest decides, where there is one.
 * @param {Facts} facts
 * @param {Known} known
 */
function isOther(facts, known) {
  const { size, sha256, etag } = facts;
  if (size !== null && size !== known.size) return true;
  if (sha256 !== null) return sha256 !== known.sha256;
  return Boolean(etag && known.etag) && !hasTag(facts, known);
}

/**
 * @param {Facts} facts
 * @param {Known} known
 */
function hasTag({ etag }, known) {
  return Boolean(etag) && strong(etag) === strong(known.etag);
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
