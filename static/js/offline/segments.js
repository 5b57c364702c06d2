// A recording in segments: which there are, which are missing. Pure.

/** Recordings are fetched and kept in pieces of this many bytes. */
export const SEGMENT = 1024 * 1024;

/** How many segments a file of `size` bytes has. @param {number} size */
export function segmentCount(size) {
  return Math.ceil(size / SEGMENT);
}

/** The first and last byte of a segment, both included. @param {number} index @param {number} size of the whole */
export function spanOf(index, size) {
  const first = index * SEGMENT;
  return { first, last: Math.min(first + SEGMENT, size) - 1 };
}

/** The number of the first segment that isn't here. @param {Set<number>} here @param {number} size @returns {number | null} */
export function firstMissing(here, size) {
  for (let index = 0; index < segmentCount(size); index++) if (!here.has(index)) return index;
  return null;
}

/** The bytes that are here. @param {Set<number>} here @param {number} size of the whole */
export function bytesOf(here, size) {
  let sum = 0;
  for (const index of here) {
    const { first, last } = spanOf(index, size);
    sum += Math.max(0, last - first + 1);
  }
  return sum;
}
