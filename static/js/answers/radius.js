/** The size of the circle that stands for an answer, on the worksheet and in the picture over time. Pure. */

/** @typedef {{value: number | null, min: number, max: number}} Size an answer and its slider's limits */

/** Radii in the picture's own units: without a value, for the lowest value and for the highest value. */
const UNSET = 20;
const LOWEST = 8;
const HIGHEST = 46;

/** Return the circle's radius, in the picture's own units. @param {Size} size */
export function radius({ value, min, max }) {
  if (value === null) return UNSET;
  return LOWEST + ((HIGHEST - LOWEST) * (value - min)) / (max - min);
}
