// Which triggers return: phrases that stand in two notes or more. They are compared as somebody writes them in a hurry,
// without case, accents and the small words at their ends; what they mean isn't guessed at. Pure.
import { pgettext } from "../lib/messages.js";
import { fold } from "../lib/fold.js";

/** @import { Moment } from "./gather.js" */

/** @typedef {Moment & {texts: string[]}} Told a note and what it says about triggers */
/** @typedef {{phrase: string, notes: Moment[]}} Returning the phrase as it was written last; its notes newest first */
/** @typedef {{words: string[], said: string, key: string, note: Told}} Phrase */

/** Sentences, lines, and the parts of a list; the Arabic, Urdu and Chinese signs too. */
const ENDS = /[\n\r.,;:!?…·•،؛؟۔。、，；！？()[\]"“”«»]+|\s[-–—]+\s/u;
const NOT_A_WORD = /[^\p{L}\p{M}\p{N}']+/gu;
/** A single letter says nothing. */
const SHORTEST = 2;

/**
 * @param {Told[]} notes oldest first
 * @returns {Returning[]} those in most notes first, and the latest of them
 */
export function returning(notes) {
  const small = smallWords();
  const phrases = notes.flatMap((note) => phrasesOf(note, small));
  const byWord = indexed(phrases);
  /** @type {Map<string, Returning>} */
  const found = new Map();
  // The last one first: it is the wording that somebody knows best.
  for (const phrase of [...phrases].reverse()) {
    if (found.has(phrase.key)) continue;
    const there = notesWith(phrase, byWord);
    if (there.length < 2) continue;
    found.set(phrase.key, { phrase: phrase.said, notes: there });
  }
  return withoutParts([...found]).sort(
    (a, b) =>
      b.notes.length - a.notes.length ||
      b.notes[0].when.getTime() - a.notes[0].when.getTime() ||
      (a.phrase < b.phrase ? -1 : 1),
  );
}

/** @returns {Set<string>} folded */
function smallWords() {
  const words = pgettext(
    "small words, with spaces between, that are left out at the ends of a phrase when phrases are compared",
    "a an the my your his her its our their this that these those some and or but when if because so then is are was were be being been to of in on at by for from with about after before i me it he she we they you not",
  );
  return new Set(fold(words).split(/\s+/));
}

/** @param {Told} note @param {Set<string>} small @returns {Phrase[]} */
function phrasesOf(note, small) {
  return note.texts
    .flatMap((text) => text.split(ENDS))
    .map((said) => {
      const words = fold(said).replace(NOT_A_WORD, " ").split(" ").filter(Boolean);
      const isSmall = (/** @type {string} */ word) => small.has(word);
      while (words.length && isSmall(words[0])) words.shift();
      while (words.length && isSmall(words[words.length - 1])) words.pop();
      return { words, said: said.trim(), key: ` ${words.join(" ")} `, note };
    })
    .filter(({ words }) => words.join("").length >= SHORTEST);
}

/** @param {Phrase[]} phrases @returns {Map<string, Phrase[]>} those that have a word */
function indexed(phrases) {
  /** @type {Map<string, Phrase[]>} */
  const byWord = new Map();
  for (const phrase of phrases) {
    for (const word of new Set(phrase.words)) {
      const there = byWord.get(word);
      if (there) there.push(phrase);
      else byWord.set(word, [phrase]);
    }
  }
  return byWord;
}

/** Alone or inside a longer phrase. @param {Phrase} phrase @param {Map<string, Phrase[]>} byWord */
function notesWith({ words, key }, byWord) {
  const [rarest] = words.map((word) => byWord.get(word) ?? []).sort((a, b) => a.length - b.length);
  const there = new Set(rarest.filter((one) => one.key.includes(key)).map(({ note }) => note));
  return [...there].reverse();
}

/**
 * "work" is left out where each of its notes says "a message from work".
 *
 * @param {[key: string, one: Returning][]} found
 */
function withoutParts(found) {
  return found
    .filter(
      ([key, { notes }]) =>
        !found.some(
          ([other, { notes: others }]) =>
            other !== key && other.includes(key) && others.length === notes.length,
        ),
    )
    .map(([, one]) => one);
}
