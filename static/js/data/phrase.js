/** The secret as twelve English words (BIP39), and back from what a person typed or scanned. */

import { DataError } from "./errors.js";

/** @import { Bytes } from "./base64.js" */

export const WORDS = 12;

/** In BIP39's English list no two words share their first four letters. */
const ABBREVIATION = 4;

/**
 * A phrase that can't be right. `code` and facts:
 * - `unknown_word`: `word` as it was typed and its `position`, counted from 1
 * - `wrong_count`: `count` of words found; twelve are needed
 * - `bad_checksum`: every word exists, but they don't belong together: one is wrong or two changed places
 */
export class PhraseError extends DataError {
  /**
   * @param {"unknown_word" | "wrong_count" | "bad_checksum"} code
   * @param {{word?: string, position?: number, count?: number}} facts
   */
  constructor(code, facts = {}) {
    // The message carries no word of the phrase, because messages end in logs.
    super(code, `The recovery phrase has ${code}`);
    this.word = facts.word;
    this.position = facts.position;
    this.count = facts.count;
  }
}

// Loaded only when words are shown or typed: with its list this is larger than everything else here.
async function loadBip39() {
  const [bip39, { wordlist }] = await Promise.all([
    import("@scure/bip39"),
    import("@scure/bip39/wordlists/english.js"),
  ]);
  return { ...bip39, wordlist };
}

/**
 * @param {Bytes} secret 16 bytes
 * @returns {Promise<string[]>} twelve words
 */
export async function toWords(secret) {
  const { entropyToMnemonic, wordlist } = await loadBip39();
  return entropyToMnemonic(secret, wordlist).split(" ");
}

/**
 * Forgives case, spaces, line breaks, numbering, punctuation and words cut after their fourth letter.
 *
 * @param {string} text
 * @returns {Promise<Bytes>} 16 bytes
 * @throws {PhraseError}
 */
export async function fromWords(text) {
  const { mnemonicToEntropy, wordlist } = await loadBip39();
  const words = split(text).map((typed, index) => {
    const word = complete(typed, wordlist);
    if (!word) throw new PhraseError("unknown_word", { word: typed, position: index + 1 });
    return word;
  });
  if (words.length !== WORDS) throw new PhraseError("wrong_count", { count: words.length });
  try {
    return new Uint8Array(mnemonicToEntropy(words.join(" "), wordlist));
  } catch {
    throw new PhraseError("bad_checksum");
  }
}

/**
 * @param {string} text
 * @returns {string[]}
 */
function split(text) {
  // NFKD turns full-width letters and ligatures, which some keyboards produce, into plain ones.
  const plain = text.normalize("NFKD").replace(/\p{Mark}/gu, "");
  return plain.toLowerCase().match(/\p{Letter}+/gu) ?? [];
}

/**
 * @param {string} typed
 * @param {string[]} wordlist
 */
function complete(typed, wordlist) {
  if (wordlist.includes(typed)) return typed;
  if (typed.length < ABBREVIATION) return undefined;
  return wordlist.find((word) => word.startsWith(typed));
}
