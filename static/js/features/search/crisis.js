// Recognises words that people in danger type. If a query has some, the page first shows who they can call. It
// recognises words, and can't tell whether somebody is in danger. Pure: what is typed goes nowhere.
import { words } from "../../platform/search-words.js";
import { isLatin, soundOf, withoutPrefixes } from "./arabic.js";
import { collapsed, isOneSlip, isSwapped } from "./slips.js";

/** @import { Vocabulary } from "./vocabulary.js" */

/**
 * The lists of hearth_cft/web/site/crisis_words.py, in the page's language and in English.
 *
 * @typedef {{phrases: string[], spellings: string[], fillers: string[], everyday: string[]}} Lists
 */
/** @typedef {{words: Word[], isWhole: boolean}} Phrase `isWhole`: nothing else may be typed */
/** @typedef {{text: string, isStem: boolean}} Word `isStem`: the beginning of a word */
/** @typedef {{text: string, forms: string[], isKnown: boolean}} Typed `forms`: itself, and without Arabic prefixes */

/** A word by itself may be mistyped, or only begun, from this many letters on. */
const ALONE = 6;
/** The same for a word beside other words of a phrase. */
const TOGETHER = 4;
/** From this many letters on, two may have changed places. */
const SWAPPED = 3;
/** The most words in a spelling. */
const LONGEST = 3;

/** Return the parts of lists that commas or semicolons of any script separate. @param {string[]} lists */
export const partsOf = (lists) => lists.flatMap((list) => list.split(/[,،、;؛]/));

/** @param {string} text */
const plain = (text) => words(text).map(collapsed);

export class CrisisWords {
  #vocabulary;
  #fillers;
  /** @type {Map<string, string[]>} */
  #spellings = new Map();
  /** @type {Map<string, string[]>} by their sound: another alphabet's words in Latin letters */
  #sounds = new Map();
  /** @type {Phrase[]} */
  #phrases;
  /** Phrases written as one word. */
  #joined;

  /** @param {Lists} lists @param {Vocabulary} vocabulary */
  constructor(lists, vocabulary) {
    this.#vocabulary = vocabulary;
    this.#fillers = new Set(partsOf(lists.fillers).flatMap(plain));
    for (const group of lists.spellings.flatMap((list) => list.split(/[;؛]/))) this.#learn(group);
    this.#phrases = partsOf(lists.phrases)
      .map((phrase) => this.#phrase(phrase))
      .filter((phrase) => phrase.words.length);
    this.#joined = new Set(
      this.#phrases
        .filter((phrase) => phrase.words.length > 1)
        .map((phrase) => phrase.words.map((word) => word.text).join("")),
    );
  }

  /** Return whether a query has a phrase of the lists. @param {string} query */
  isIn(query) {
    const raw = plain(query);
    if (raw.some((word) => this.#joined.has(word))) return true;
    const typed = this.#canonical(raw).map((word) => this.#typed(word));
    return this.#phrases.some((phrase) => isPhraseIn(typed, phrase));
  }

  /** Take in a group of spellings. @param {string} group "word: other, another" */
  #learn(group) {
    const [head, others = ""] = group.split(":");
    const first = plain(head ?? "");
    for (const other of partsOf([others]).map(plain)) {
      if (!other.length) continue;
      const isRomanised = other.every(isLatin) && !first.every(isLatin);
      if (isRomanised) this.#sounds.set(other.map(soundOf).join(" "), first);
      else this.#spellings.set(this.#weighty(other).join(" "), first);
    }
  }

  /** @param {string} text @returns {Phrase} */
  #phrase(text) {
    const isWhole = text.trimStart().startsWith("=");
    const stems = new Set(plain((text.match(/[^\s*]+(?=\*)/g) ?? []).join(" ")));
    const found = this.#canonical(plain(text));
    return { isWhole, words: found.map((word) => ({ text: word, isStem: stems.has(word) })) };
  }

  /** @param {string[]} all */
  #weighty(all) {
    return all.filter((word) => !this.#fillers.has(word));
  }

  /** Leave out words without weight, and put one spelling for all others. @param {string[]} all */
  #canonical(all) {
    const found = this.#weighty(all);
    /** @type {string[]} */
    const result = [];
    for (let at = 0; at < found.length;) {
      const [first, count] = this.#spelled(found.slice(at, at + LONGEST));
      result.push(...first);
      at += count;
    }
    return result;
  }

  /**
   * Return the usual words for the first of these, and how many they stand for.
   *
   * @param {string[]} next
   * @returns {[string[], number]}
   */
  #spelled(next) {
    for (let count = next.length; count > 0; count -= 1) {
      const some = next.slice(0, count);
      const first = this.#spellings.get(some.join(" ")) ?? this.#sounding(some);
      if (first) return [first, count];
    }
    return [next.slice(0, 1), 1];
  }

  /** Return what words in Latin letters stand for, if another alphabet's words sound so. @param {string[]} some */
  #sounding(some) {
    return some.every(isLatin) ? this.#sounds.get(some.map(soundOf).join(" ")) : undefined;
  }

  /** @param {string} text @returns {Typed} */
  #typed(text) {
    const forms = [text, ...withoutPrefixes(text)];
    return { text, forms, isKnown: forms.some((form) => this.#vocabulary.has(form)) };
  }
}

/** @param {Typed[]} typed @param {Phrase} phrase */
function isPhraseIn(typed, { words: wanted, isWhole }) {
  if (isWhole && typed.length !== wanted.length) return false;
  return typed.some((_, from) => startsAt(typed, from, wanted));
}

/**
 * Return whether a phrase starts there. One of its words may be mistyped, or the last one only begun.
 *
 * @param {Typed[]} typed
 * @param {number} from
 * @param {Word[]} wanted
 */
function startsAt(typed, from, wanted) {
  if (from + wanted.length > typed.length) return false;
  let slips = 0;
  return wanted.every((word, n) => {
    const own = /** @type {Typed} */ (typed[from + n]);
    if (isSame(own, word)) return true;
    slips += 1;
    if (slips > 1 || own.isKnown) return false;
    const isBeside = wanted.length > 1;
    const isLast = from + n === typed.length - 1;
    return (isLast && isBegun(own, word, isBeside)) || isMistyped(own, word, isBeside);
  });
}

/** @param {Typed} typed @param {Word} word */
function isSame({ forms }, { text, isStem }) {
  return isStem ? forms.some((form) => form.startsWith(text)) : forms.includes(text);
}

/** @param {Typed} typed @param {Word} word @param {boolean} isBeside whether the phrase has other words */
function isBegun(typed, word, isBeside) {
  return typed.text.length >= least(isBeside) - 1 && word.text.startsWith(typed.text);
}

/** @param {Typed} typed @param {Word} word @param {boolean} isBeside whether the phrase has other words */
function isMistyped({ forms }, { text, isStem }, isBeside) {
  return forms.some((form) => {
    if (isBeside && text.length >= SWAPPED && isSwapped(form, text)) return true;
    if (text.length < least(isBeside)) return false;
    // The first letter of a short word is seldom mistyped, and many words differ only there.
    if (text.length < ALONE && form[0] !== text[0]) return false;
    if (!isStem) return isOneSlip(form, text);
    return [-1, 0, 1].some((more) => isOneSlip(form.slice(0, text.length + more), text));
  });
}

/** @param {boolean} isBeside */
const least = (isBeside) => (isBeside ? TOGETHER : ALONE);
