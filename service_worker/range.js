// Interprets byte ranges of saved recordings (RFC 9110, section 14), in the same way as the server. Pure.

/** Saved recordings are stored in segments of this many bytes. */
export const SEGMENT = 1024 * 1024;

const SPEC = /^(?:(\d+)-(\d*)|-(\d+))$/;

/**
 * @typedef {{status: 200} | {status: 206, first: number, last: number} | {status: 416}} Part
 * The status of the response. 200: the whole file. 206: the bytes first..last, both included. 416: the range can't be
 * served.
 */

/**
 * Interpret a Range header for a file of `size` bytes. If it is anything but one range of bytes, ignore it, as
 * the RFC allows, and choose the whole file. Don't choose 206 without a Range header: WebKit would hang.
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

/**
 * Return the range if the header has exactly one, else "". Empty list members are allowed: "bytes=,0-1,".
 * @param {string} header
 */
function onlySpec(header) {
  const list = /^bytes=(.*)$/i.exec(header)?.[1] ?? "";
  const specs = list
    .split(",")
    .map((spec) => spec.replace(/^[ \t]+|[ \t]+$/g, ""))
    .filter(Boolean);
  return specs.length === 1 ? specs[0] : "";
}

/**
 * Return the last `length` bytes of a file.
 * @param {number} length
 * @param {number} size
 * @returns {Part}
 */
function suffix(length, size) {
  if (!length) return { status: 416 };
  // The file is empty. A 206 can't express an empty range.
  if (!size) return { status: 200 };
  return { status: 206, first: Math.max(0, size - length), last: size - 1 };
}

/**
 * Return the segments that hold the bytes first..last, and which bytes of each are needed.
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
