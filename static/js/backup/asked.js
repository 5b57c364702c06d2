// Checking the paper: two of the twelve words are asked for.

/** BIP39's English words differ in their first four letters. */
const ENOUGH = 4;

/**
 * @param {number} count of words
 * @param {() => number} [random] 0 to 1
 * @returns {[number, number]} two different places, counted from 0, in order
 */
export function placesToAsk(count, random = Math.random) {
  const first = Math.floor(random() * count);
  const step = 1 + Math.floor(random() * (count - 1));
  const second = (first + step) % count;
  return first < second ? [first, second] : [second, first];
}

/**
 * @param {string} typed by the reader
 * @param {string} word that was asked for
 */
export function isWord(typed, word) {
  const plain = typed
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  return plain === word || (plain.length >= ENOUGH && word.startsWith(plain));
}
