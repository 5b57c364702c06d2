/**
 * Return whether two arrays have the same bytes.
 *
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export const sameBytes = (a, b) =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
