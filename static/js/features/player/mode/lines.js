// Splits a phrase into the lines that the listening mode shows one after the other. Pure functions.

/** A sentence with its closing marks, in the scripts of all our languages. */
const SENTENCE = /[^.?!…؟۔।]+[.?!…؟۔।]*["”’»)]*\s*/gu;
/** A sentence that is shorter than this stays with its neighbour, in letters. */
const SHORT = 24;

/** Return the lines of a phrase: a sentence each, or several short ones. @param {string} text */
export function linesOf(text) {
  /** @type {string[]} */
  const lines = [];
  for (const sentence of text.match(SENTENCE) ?? [text]) {
    const last = lines.at(-1);
    const isShort = sentence.trim().length < SHORT || (last && last.trim().length < SHORT);
    if (last !== undefined && isShort) lines[lines.length - 1] = last + sentence;
    else lines.push(sentence);
  }
  return lines.map((line) => line.trim()).filter(Boolean);
}

/**
 * Return the line that is spoken. Longer lines take longer.
 * @param {string[]} lines at least one
 * @param {number} share how much of the phrase has been spoken, 0 to 1
 */
export function lineAt(lines, share) {
  let letters = lines.join("").length * share;
  return lines.find((line) => (letters -= line.length) < 0) ?? lines[lines.length - 1];
}
