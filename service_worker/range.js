// Byte ranges of saved recordings (RFC 9110, section 14). Pure.

/** Saved recordings are kept in segments of this many bytes. */
export const SEGMENT = 1024 * 1024;

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
  const found = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "");
  if (!found || (!found[1] && !found[2])) return { status: 200 };
  if (!found[1]) {
    const length = Math.min(Number(found[2]), size);
    return length > 0 ? { status: 206, first: size - length, last: size - 1 } : { status: 416 };
  }
  const first = Number(found[1]);
  const last = found[2] ? Math.min(Number(found[2]), size - 1) : size - 1;
  if (found[2] && Number(found[2]) < first) return { status: 200 };
  return first < size ? { status: 206, first, last } : { status: 416 };
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
