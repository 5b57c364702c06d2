// Finds the triggers that return: phrases that are in two or more notes. People write in a hurry, so phrases are
// compared without case, accents and the small words at their ends. Their meaning isn't compared. Pure functions.
import { pgettext } from "../../platform/i18n.js";
import { fold } from "../../platform/fold.js";

/** @import { Moment } from "./gather.js" */

/** @typedef {Moment & {texts: string[]}} Told a note and its answers about triggers */
/** @typedef {{phrase: string, notes: Moment[]}} Returning `phrase` is the latest wording; `notes` are newest first */
/** @typedef {{words: string[], said: string, key: string, note: Told}} Phrase */

/** What ends a sentence, a line or a part of a list. Arabic, Urdu and Chinese signs are included. */
const ENDS = /[\n\r.,;:!?…·•،؛؟۔。、，；！？()[\]"“”«»]+|\s[-–—]+\s/u;
const NOT_A_WORD = /[^\p{L}\p{M}\p{N}']+/gu;
/** The least number of letters in a phrase: a single letter says nothing. */
const SHORTEST = 2;

/**
 * Find the phrases that return.
 *
 * @param {Told[]} notes oldest first
 * @returns {Returning[]} those in the most notes first; of those in equally many, the latest first
 */
export function returning(notes) {
  const small = smallWords();
  const phrases = notes.flatMap((note) => phrasesOf(note, small));
  const byWord = indexed(phrases);
  /** @type {Map<string, Returning>} */
  const found = new Map();
  // Start with the latest wording, because the user knows that one best.
  for (const phrase of [...phrases].reverse()) {
    if (found.has(phrase.key)) continue;
    const notesWithPhrase = notesWith(phrase, byWord);
    if (notesWithPhrase.length < 2) continue;
    found.set(phrase.key, { phrase: phrase.said, notes: notesWithPhrase });
  }
  return withoutParts([...found]).sort(
    (a, b) =>
      b.notes.length - a.notes.length ||
      b.notes[0].when.getTime() - a.notes[0].when.getTime() ||
      (a.phrase < b.phrase ? -1 : 1),
  );
}

/** Return the words that are left out at the ends of a phrase. @returns {Set<string>} folded */
function smallWords() {
  const words = pgettext(
    "small words, with spaces between, that are left out at the ends of a phrase when phrases are compared",
    "a an the my your his her its our their this that these those some and or but when if because so then is are was were be being been to of in on at by for from with about after before i me it he she we they you not",
  );
  return new Set(fold(words).split(/\s+/));
}

/** Split a note's texts into phrases. @param {Told} note @param {Set<string>} small @returns {Phrase[]} */
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

/** Index phrases by their words. @param {Phrase[]} phrases @returns {Map<string, Phrase[]>} phrases by word */
function indexed(phrases) {
  /** @type {Map<string, Phrase[]>} */
  const byWord = new Map();
  for (const phrase of phrases) {
    for (const word of new Set(phrase.words)) {
      const phrasesWithWord = byWord.get(word);
      if (phrasesWithWord) phrasesWithWord.push(phrase);
      else byWord.set(word, [phrase]);
    }
  }
  return byWord;
}

/**
 * Return the notes that contain a phrase, alone or inside a longer phrase, newest first.
 *
 * @param {Phrase} phrase
 * @param {Map<string, Phrase[]>} byWord
 */
function notesWith({ words, key }, byWord) {
  const [rarest] = words.map((word) => byWord.get(word) ?? []).sort((a, b) => a.length - b.length);
  const notes = new Set(
    rarest.filter((phrase) => phrase.key.includes(key)).map(({ note }) => note),
  );
  return [...notes].reverse();
}

/**
 * Leave out a phrase if a longer phrase contains it and is in the same notes. For example, leave out "work" if each of
 * its notes says "a message from work".
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
    .map(([, trigger]) => trigger);
}
