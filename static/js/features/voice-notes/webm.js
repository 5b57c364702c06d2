// Adds the length and the cues to a WebM file that a browser recorded. A browser writes the start of the file before
// it knows the length: Chromium leaves the length out, and Firefox writes 0 and then can't seek in the file. The
// elements and their sizes are defined in RFC 8794 (EBML) and RFC 9559 (Matroska). Pure functions.

import { join } from "../../data/seal.js";

/** @import { Bytes } from "../../data/base64.js" */

const CLUSTER = 0x1f43b675;
const TIMESTAMP = 0xe7;
const CUES = 0x1c53bb6b;
const CUE = 0xbb;
const CUE_TIME = 0xb3;
const CUE_PLACE = 0xb7;
const CUE_TRACK = 0xf7;
const CUE_CLUSTER = 0xf1;
const HEADER = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const DURATION = 0x4489;

/** The end of an element whose size is unknown (all its bits are set). */
const UNKNOWN = -1;

/**
 * Add the length of a recording to its start.
 *
 * @param {Bytes} start the first piece of a recording, including everything before the sound
 * @param {number} ms length of the recording
 * @returns {Bytes} the start with the length; unchanged if it is another kind of file or already states a length
 */
export function withDuration(start, ms) {
  try {
    const info = findInfo(start);
    if (!info) return start;
    const existing = children(start, info).find(({ id }) => id === DURATION);
    if (existing) return overwritten(start, existing, ms);
    return join([
      start.subarray(0, info.sizeAt),
      eightBytes(info.end - info.at + DURATION_BYTES),
      start.subarray(info.at, info.end),
      duration(ms),
      start.subarray(info.end),
    ]);
  } catch (error) {
    if (error instanceof RangeError) return start;
    throw error;
  }
}

/**
 * Add cues, which say where each cluster begins. Without cues, Firefox goes to the end of the file at every seek.
 *
 * @param {Bytes} sound a whole recording
 * @returns {Bytes} the recording with cues; unchanged if it is another kind of file
 */
export function withCues(sound) {
  try {
    const segment = segmentOf(sound);
    const clusters = segment ? clustersOf(sound, segment.at) : [];
    const first = clusters[0];
    if (!segment || !first) return sound;
    // A position in the cues counts from the start of the segment's content. The cues are inserted before the clusters,
    // so their length is added. It is the same for all positions.
    const shift = cuesOf(clusters, 0).length - segment.at;
    const cues = cuesOf(clusters, shift);
    return join([sound.subarray(0, first.at), cues, sound.subarray(first.at)]);
  } catch (error) {
    if (error instanceof RangeError) return sound;
    throw error;
  }
}

/**
 * Find the clusters.
 * @param {Bytes} bytes
 * @param {number} from
 * @returns {{at: number, time: number}[]} position in `bytes`, and time in ms
 */
function clustersOf(bytes, from) {
  const clusters = [];
  for (let at = bytes.indexOf(0x1f, from); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    if (numberAt(bytes, at, 4) !== CLUSTER || !bytes[at + 4]) continue;
    const cluster = elementAt(bytes, at);
    if (bytes[cluster.at] !== TIMESTAMP) continue;
    const time = elementAt(bytes, cluster.at);
    clusters.push({ at, time: numberAt(bytes, time.at, time.end - time.at) });
  }
  return clusters;
}

/** Return a Cues element. @param {{at: number, time: number}[]} clusters @param {number} shift added to positions */
function cuesOf(clusters, shift) {
  const cues = clusters.map(({ at, time }) => {
    const place = element(CUE_PLACE, [
      element(CUE_TRACK, [Uint8Array.of(1)]),
      element(CUE_CLUSTER, [fourBytes(at + shift)]),
    ]);
    return element(CUE, [element(CUE_TIME, [fourBytes(time)]), place]);
  });
  return element(CUES, cues);
}

/** Return an element with its ID and size. @param {number} id @param {Bytes[]} content */
function element(id, content) {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  const idBytes = fourBytes(id);
  return join([idBytes.subarray(idBytes.findIndex(Boolean)), eightBytes(length), ...content]);
}

/** @param {number} number */
function fourBytes(number) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/**
 * @typedef {{id: number, sizeAt: number, at: number, end: number}} Element `sizeAt`, `at` and `end` are the positions
 *   of its size, its content and its end
 */

/** Return the segment, if its size is unknown. @param {Bytes} bytes @returns {Element | undefined} */
function segmentOf(bytes) {
  const header = elementAt(bytes, 0);
  if (header.id !== HEADER) return undefined;
  const segment = elementAt(bytes, header.end);
  // A stated size would have to change with the content, so such a file is left as it is.
  return segment.id === SEGMENT && segment.end === UNKNOWN ? segment : undefined;
}

/** Find the Info element of the segment. @param {Bytes} bytes @returns {Element | undefined} */
function findInfo(bytes) {
  const segment = segmentOf(bytes);
  if (!segment) return undefined;
  for (let at = segment.at; at < bytes.length;) {
    const element = elementAt(bytes, at);
    if (element.id === INFO) return element;
    if (element.end === UNKNOWN) return undefined;
    at = element.end;
  }
  return undefined;
}

/** @param {Bytes} bytes @param {Element} parent */
function children(bytes, { at, end }) {
  /** @type {Element[]} */
  const elements = [];
  while (at < end) {
    const child = elementAt(bytes, at);
    elements.push(child);
    at = child.end;
  }
  return elements;
}

/**
 * Write a length over a duration element whose value is 0.
 *
 * @param {Bytes} bytes
 * @param {Element} existing the duration element
 * @param {number} ms
 * @returns {Bytes} unchanged if the element has another value or isn't eight bytes long
 */
function overwritten(bytes, { at, end }, ms) {
  if (end - at !== 8 || bytes.subarray(at, end).some((byte) => byte)) return bytes;
  return join([bytes.subarray(0, at), duration(ms).subarray(-8), bytes.subarray(end)]);
}

/**
 * Read the element at a position.
 * @param {Bytes} bytes
 * @param {number} at
 * @returns {Element}
 * @throws {RangeError} there is none
 */
function elementAt(bytes, at) {
  const idLength = lengthOf(bytes, at);
  const sizeAt = at + idLength;
  const sizeLength = lengthOf(bytes, sizeAt);
  const content = sizeAt + sizeLength;
  // Remove the bit that marks the length. With it, an eight-byte number would be too large to be exact.
  const first = (bytes[sizeAt] ?? 0) ^ (0x80 >> (sizeLength - 1));
  const rest = numberAt(bytes, sizeAt + 1, sizeLength - 1);
  const size = first * 256 ** (sizeLength - 1) + rest;
  const isUnknown = size >= 2 ** (7 * sizeLength) - 1;
  const id = numberAt(bytes, at, idLength);
  return { id, sizeAt, at: content, end: isUnknown ? UNKNOWN : content + size };
}

/**
 * Return the number of bytes of an EBML number: its first set bit marks the length.
 * @param {Bytes} bytes
 * @param {number} at
 */
function lengthOf(bytes, at) {
  const first = bytes[at];
  if (!first) throw new RangeError("No EBML");
  return Math.clz32(first) - 23;
}

/** Read a big-endian number. @param {Bytes} bytes @param {number} at @param {number} length in bytes */
function numberAt(bytes, at, length) {
  return bytes.subarray(at, at + length).reduce((number, byte) => number * 256 + byte, 0);
}

/** Return a size as an eight-byte EBML number. @param {number} size */
function eightBytes(size) {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint32(4, size);
  return bytes;
}

/** Size of a Duration element: ID, size and value. */
const DURATION_BYTES = 11;

/** Return a Duration element. Its unit is 1 ms, the timestamp scale that every browser writes. @param {number} ms */
function duration(ms) {
  const bytes = new Uint8Array(DURATION_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, DURATION);
  view.setUint8(2, 0x88);
  view.setFloat64(3, ms);
  return bytes;
}
