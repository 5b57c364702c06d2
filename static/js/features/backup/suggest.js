// Finds the word of the list that the reader probably meant: the nearest word, if it is near enough and no other word
// is equally near.

/**
 * Find the nearest word. Up to five letters, one typing mistake is allowed; beyond that, two.
 * @param {string} typed in lower case
 * @param {readonly string[]} words
 * @returns {string | undefined} undefined if no word is near enough; also if several are equally near, because a guess
 *   would mislead
 */
export function nearestWord(typed, words) {
  const allowed = typed.length > 5 ? 2 : 1;
  let best = Infinity;
  /** @type {string[]} */
  let nearest = [];
  for (const word of words) {
    if (Math.abs(word.length - typed.length) > allowed) continue;
    const apart = distance(typed, word);
    if (apart < best) [best, nearest] = [apart, []];
    if (apart === best) nearest.push(word);
  }
  return best <= allowed && nearest.length === 1 ? nearest[0] : undefined;
}

/**
 * Count the letters to insert, delete, change or swap with their neighbour to turn one word into the other: the optimal
 * string alignment distance (Damerau 1964, Levenshtein 1966).
 *
 * @param {string} a
 * @param {string} b
 */
export function distance(a, b) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    const above = /** @type {number[]} */ (rows[i - 1]);
    for (let j = 1; j <= b.length; j += 1) {
      const changed = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, changed);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
      }
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
