/** How large a circle stands for an answer, in the worksheet and over time. Pure. */

/** @typedef {{value: number | null, min: number, max: number}} Size an answer and its slider's ends */

/** Radii in the picture's own units: of an unset circle, of the lowest and of the highest value. */
const UNSET = 20;
const LOWEST = 8;
const HIGHEST = 46;

/** @param {Size} size */
export function radius({ value, min, max }) {
  if (value === null) return UNSET;
  return LOWEST + ((HIGHEST - LOWEST) * (value - min)) / (max - min);
}
