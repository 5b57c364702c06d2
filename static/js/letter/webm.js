// What browsers record as WebM doesn't say how long it is, since nobody knew when it began: Chromium leaves it out, and
// Firefox writes nought and then can't go to any place in it. Pure. Elements and sizes: RFC 8794 (EBML) and RFC 9559 (Matroska).

import { join } from "../data/seal.js";

/** @import { Bytes } from "../data/base64.js" */

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

/** All bits set: the size isn't known. */
const UNKNOWN = -1;

/**
 * @param {Bytes} start the first piece of a recording, with everything before the sound
 * @param {number} ms its length
 * @returns {Bytes} the same with its length; as it came where it is something else or says its length already
 */
export function withDuration(start, ms) {
  try {
    const info = findInfo(start);
    if (!info) return start;
    const told = children(start, info).find(({ id }) => id === DURATION);
    if (told) return overwritten(start, told, ms);
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
 * Writes down where its parts begin: without that, Firefox goes to the end wherever it is told to go.
 *
 * @param {Bytes} sound a whole recording
 * @returns {Bytes} the same with its cues; as it came where it is something else
 */
export function withCues(sound) {
  try {
    const segment = segmentOf(sound);
    const clusters = segment ? clustersOf(sound, segment.at) : [];
    const first = clusters[0];
    if (!segment || !first) return sound;
    // Their own length comes before what they point at; it is the same for every place.
    const ahead = cuesOf(clusters, 0).length - segment.at;
    const cues = cuesOf(clusters, ahead);
    return join([sound.subarray(0, first.at), cues, sound.subarray(first.at)]);
  } catch (error) {
    if (error instanceof RangeError) return sound;
    throw error;
  }
}

/** @param {Bytes} bytes @param {number} from @returns {{at: number, time: number}[]} place and time, ms */
function clustersOf(bytes, from) {
  const found = [];
  for (let at = bytes.indexOf(0x1f, from); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    if (numberAt(bytes, at, 4) !== CLUSTER || !bytes[at + 4]) continue;
    const cluster = elementAt(bytes, at);
    if (bytes[cluster.at] !== TIMESTAMP) continue;
    const time = elementAt(bytes, cluster.at);
    found.push({ at, time: numberAt(bytes, time.at, time.end - time.at) });
  }
  return found;
}

/** @param {{at: number, time: number}[]} clusters @param {number} shift */
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

/** @param {number} id @param {Bytes[]} content */
function element(id, content) {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  const name = fourBytes(id);
  return join([name.subarray(name.findIndex(Boolean)), eightBytes(length), ...content]);
}

/** @param {number} number */
function fourBytes(number) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/** @typedef {{id: number, sizeAt: number, at: number, end: number}} Element its size and content, by position */

/** @param {Bytes} bytes @returns {Element | undefined} */
function segmentOf(bytes) {
  const header = elementAt(bytes, 0);
  if (header.id !== HEADER) return undefined;
  const segment = elementAt(bytes, header.end);
  // One that says its size would have to say another.
  return segment.id === SEGMENT && segment.end === UNKNOWN ? segment : undefined;
}

/** @param {Bytes} bytes @returns {Element | undefined} */
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
  const found = [];
  while (at < end) {
    const child = elementAt(bytes, at);
    found.push(child);
    at = child.end;
  }
  return found;
}

/**
 * @param {Bytes} bytes
 * @param {Element} told a duration
 * @param {number} ms
 * @returns {Bytes} with this one instead, if it said nothing
 */
function overwritten(bytes, { at, end }, ms) {
  if (end - at !== 8 || bytes.subarray(at, end).some((byte) => byte)) return bytes;
  return join([bytes.subarray(0, at), duration(ms).subarray(-8), bytes.subarray(end)]);
}

/** @param {Bytes} bytes @param {number} at @returns {Element} @throws {RangeError} there is none */
function elementAt(bytes, at) {
  const idLength = lengthOf(bytes, at);
  const sizeAt = at + idLength;
  const sizeLength = lengthOf(bytes, sizeAt);
  const content = sizeAt + sizeLength;
  // Without the bit that tells the length: with it, eight bytes are too large a number to be exact.
  const first = (bytes[sizeAt] ?? 0) ^ (0x80 >> (sizeLength - 1));
  const rest = numberAt(bytes, sizeAt + 1, sizeLength - 1);
  const size = first * 256 ** (sizeLength - 1) + rest;
  const isUnknown = size >= 2 ** (7 * sizeLength) - 1;
  const id = numberAt(bytes, at, idLength);
  return { id, sizeAt, at: content, end: isUnknown ? UNKNOWN : content + size };
}

/** How many bytes a number has is told by the first bit that is set. @param {Bytes} bytes @param {number} at */
function lengthOf(bytes, at) {
  const first = bytes[at];
  if (!first) throw new RangeError("No EBML");
  return Math.clz32(first) - 23;
}

/** @param {Bytes} bytes @param {number} at @param {number} length */
function numberAt(bytes, at, length) {
  return bytes.subarray(at, at + length).reduce((number, byte) => number * 256 + byte, 0);
}

/** @param {number} size */
function eightBytes(size) {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint32(4, size);
  return bytes;
}

const DURATION_BYTES = 11;

/** In ticks of a millisecond, as every browser writes them. @param {number} ms */
function duration(ms) {
  const bytes = new Uint8Array(DURATION_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, DURATION);
  view.setUint8(2, 0x88);
  view.setFloat64(3, ms);
  return bytes;
}
