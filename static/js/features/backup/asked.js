// Checks that the twelve words are on paper, by asking for two of them.

/** No two English BIP39 words share their first four letters. */
const ENOUGH_LETTERS = 4;

/**
 * Choose two of the words at random.
 * @param {number} count of words
 * @param {() => number} [random] 0 to 1
 * @returns {[number, number]} two different positions, counted from 0, in order
 */
export function placesToAsk(count, random = Math.random) {
  const first = Math.floor(random() * count);
  const step = 1 + Math.floor(random() * (count - 1));
  const second = (first + step) % count;
  return first < second ? [first, second] : [second, first];
}

/**
 * Return whether the reader typed the right word. Ignore everything but the letters a to z; the first four are enough.
 * @param {string} typed by the reader
 * @param {string} word the right word
 */
export function isWord(typed, word) {
  const plain = typed
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  return plain === word || (plain.length >= ENOUGH_LETTERS && word.startsWith(plain));
}
