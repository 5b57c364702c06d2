// What the light of the listening mode does, from the breath marks of a script (hearth_cft/library/script.py). Pure.

/** In seconds. @typedef {{in: number, out: number}} Rhythm */
/** @typedef {{kind: "in" | "out" | "still"} | {kind: "rhythm", rhythm: Rhythm}} Breath */

/** For a script without marks. @type {Rhythm} */
const PLAIN = { in: 4, out: 6 };

/**
 * Return what the light does, and the phrase from which on it does that.
 * @param {string[]} marks one for each phrase; "" where the script says nothing new
 * @param {number} phrase that began last; -1 before the first one
 * @returns {{breath: Breath, since: number}}
 */
export function breathAt(marks, phrase) {
  const since = marks.findLastIndex((mark, index) => mark && index <= phrase);
  if (since < 0) {
    const isPlain = phrase >= 0 && !marks.some(Boolean);
    return { breath: isPlain ? { kind: "rhythm", rhythm: PLAIN } : { kind: "still" }, since };
  }
  return { breath: breathOf(marks[since]), since };
}

/** @param {string} mark such as "in", "still" or "4 6" @returns {Breath} */
function breathOf(mark) {
  if (mark === "in" || mark === "out") return { kind: mark };
  const [seconds, out] = mark.split(" ").map(Number);
  return seconds && out ? { kind: "rhythm", rhythm: { in: seconds, out } } : { kind: "still" };
}
