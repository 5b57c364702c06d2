/** Encode the secret as twelve English words (BIP39), and decode words that a person typed or scanned. */

import { CodedError } from "../platform/errors.js";

/** @import { Bytes } from "./base64.js" */

export const WORDS = 12;

/** Words may be cut after this many letters: no two words of BIP39's English list share their first four. */
const ABBREVIATION = 4;

/**
 * The recovery phrase can't be right. `code` and details:
 * - `unknown_word`: `word` as it was typed and its `position`, counted from 1
 * - `wrong_count`: `count` of words found; twelve are needed
 * - `bad_checksum`: every word exists, but they don't belong together: one is wrong, or two have changed places
 */
export class PhraseError extends CodedError {
  /**
   * @param {"unknown_word" | "wrong_count" | "bad_checksum"} code
   * @param {{word?: string, position?: number, count?: number}} facts
   */
  constructor(code, facts = {}) {
    // The message contains no word of the phrase, because messages end up in logs.
    super(code, `The recovery phrase has ${code}`);
    this.word = facts.word;
    this.position = facts.position;
    this.count = facts.count;
  }
}

// Load BIP39 only when words are shown or typed. With its word list, it is larger than everything else here.
async function loadBip39() {
  const [bip39, { wordlist }] = await Promise.all([
    import("@scure/bip39"),
    import("@scure/bip39/wordlists/english.js"),
  ]);
  return { ...bip39, wordlist };
}

/**
 * Encode a secret as words.
 *
 * @param {Bytes} secret 16 bytes
 * @returns {Promise<string[]>} twelve words
 */
export async function toWords(secret) {
  const { entropyToMnemonic, wordlist } = await loadBip39();
  return entropyToMnemonic(secret, wordlist).split(" ");
}

/**
 * Decode words. Ignore case, spaces, line breaks, numbering and punctuation, and accept words cut after their fourth
 * letter.
 *
 * @param {string} text
 * @returns {Promise<Bytes>} 16 bytes
 * @throws {PhraseError}
 */
export async function fromWords(text) {
  const { mnemonicToEntropy, wordlist } = await loadBip39();
  const words = splitWords(text).map((typed, index) => {
    const word = findWord(typed, wordlist);
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
function splitWords(text) {
  // NFKD turns full-width letters and ligatures, which some keyboards produce, into plain letters.
  const plain = text.normalize("NFKD").replace(/\p{Mark}/gu, "");
  return plain.toLowerCase().match(/\p{Letter}+/gu) ?? [];
}

/**
 * Return the word of the list that was typed or abbreviated.
 *
 * @param {string} typed
 * @param {string[]} wordlist
 */
function findWord(typed, wordlist) {
  if (wordlist.includes(typed)) return typed;
  if (typed.length < ABBREVIATION) return undefined;
  return wordlist.find((word) => word.startsWith(typed));
}
