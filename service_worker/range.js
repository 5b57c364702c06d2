// Byte ranges of saved recordings (RFC 9110, section 14), as the server reads them. Pure.

/** Saved recordings are kept in segments of this many bytes. */
export const SEGMENT = 1024 * 1024;

const SPEC = /^(?:(\d+)-(\d*)|-(\d+))$/;

/**
 * @typedef {{status: 200} | {status: 206, first: number, last: number} | {status: 416}} Part
 * What to answer: all, the bytes first..last (both included), or that it can't be.
 */

/**
 * Read a Range header for a file of `size` bytes. Anything but one range of bytes is ignored, as
 * the RFC allows, and the whole is answered. A 206 without a Range would hang WebKit.
 * @param {string | null} header
 * @param {number} size
 * @returns {Part}
 */
export function partOf(header, size) {
  const spec = SPEC.exec(onlySpec(header ?? ""));
  if (!spec) return { status: 200 };
  if (spec[3]) return suffix(Number(spec[3]), size);
  const first = Number(spec[1]);
  const last = spec[2] ? Number(spec[2]) : Infinity;
  if (last < first) return { status: 200 };
  return first < size ? { status: 206, first, last: Math.min(last, size - 1) } : { status: 416 };
}

/** The one range that is asked for, or "". Empty members are allowed: "bytes=,0-1,". @param {string} header */
function onlySpec(header) {
  const list = /^bytes=(.*)$/i.exec(header)?.[1] ?? "";
  const specs = list
    .split(",")
    .map((spec) => spec.replace(/^[ \t]+|[ \t]+$/g, ""))
    .filter(Boolean);
  return specs.length === 1 ? specs[0] : "";
}

/** @param {number} length @param {number} size @returns {Part} */
function suffix(length, size) {
  if (!length) return { status: 416 };
  // The whole of nothing: a 206 couldn't say which bytes it holds.
  if (!size) return { status: 200 };
  return { status: 206, first: Math.max(0, size - length), last: size - 1 };
}

/**
 * The segments that hold the bytes first..last, and which bytes of each.
 * @param {number} first
 * @param {number} last
 * @returns {{index: number, from: number, to: number}[]} `to` is the byte after the last
 */
export function segmentsOf(first, last) {
  const segments = [];
  for (let index = Math.floor(first / SEGMENT); index * SEGMENT <= last; index++) {
    const start = index * SEGMENT;
    segments.push({
      index,
      from: Math.max(first - start, 0),
      to: Math.min(last - start + 1, SEGMENT),
    });
  }
  return segments;
}
