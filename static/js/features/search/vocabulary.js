// Knows which words exist: those of the index, and everyday words. An existing word is not taken for a mistyped one.
import { stems } from "./arabic.js";
import { collapsed, isOneSlip } from "./slips.js";

/** From this many letters on, a word that doesn't exist may be a mistyped one. */
const CLEAR = 4;

export class Vocabulary {
  #words;
  #everyday;

  /** @param {Iterable<string>} words folded @param {Iterable<string>} everyday folded */
  constructor(words, everyday = []) {
    this.#words = new Set(words);
    this.#everyday = new Set([...this.#words, ...everyday].map(collapsed));
  }

  /** Return whether a word exists, however often its letters are repeated. @param {string} word */
  has(word) {
    return this.#everyday.has(collapsed(word));
  }

  /**
   * Return a word of the index as it is, or else the words that may be meant: other forms, or one slip away.
   *
   * @param {string} word folded
   */
  meant(word) {
    if (this.#words.has(word)) return [word];
    const forms = stems(word).filter((form) => this.#words.has(form));
    if (forms.length || word.length < CLEAR || this.has(word)) return [word, ...forms];
    return [word, ...[...this.#words].filter((other) => isOneSlip(word, other))];
  }
}
