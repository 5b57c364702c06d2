// Divides a recording into segments and finds the missing ones. Pure.

/** Recordings are fetched and stored in segments of this many bytes. */
export const SEGMENT = 1024 * 1024;

/**
 * Return how many segments a file has.
 * @param {number} size bytes
 */
export function segmentCount(size) {
  return Math.ceil(size / SEGMENT);
}

/**
 * Return the first and last byte of a segment, both included.
 * @param {number} index
 * @param {number} size of the whole file
 */
export function spanOf(index, size) {
  const first = index * SEGMENT;
  return { first, last: Math.min(first + SEGMENT, size) - 1 };
}

/**
 * Return the index of the first missing segment; null when none is missing.
 * @param {Set<number>} here indexes of the stored segments
 * @param {number} size of the whole file
 * @returns {number | null}
 */
export function firstMissing(here, size) {
  for (let index = 0; index < segmentCount(size); index++) if (!here.has(index)) return index;
  return null;
}

/**
 * Count the bytes of the stored segments.
 * @param {Set<number>} here indexes of the stored segments
 * @param {number} size of the whole file
 */
export function bytesOf(here, size) {
  let sum = 0;
  for (const index of here) {
    const { first, last } = spanOf(index, size);
    sum += Math.max(0, last - first + 1);
  }
  return sum;
}
