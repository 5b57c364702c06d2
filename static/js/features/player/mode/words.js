// The line of words of the listening mode: the sentence that is spoken, as the transcript of the page shows it. It stays
// through the silence after it, because it says what the silence is for.
import { lineAt, linesOf } from "./lines.js";

/** @typedef {import("../../../audio/captions.js").Captions} Captions */

export class Words {
  /** The index of the phrase that began last, or -1. */
  phrase = -1;
  #element;
  #phrases;
  #shown = "";
  /** The phrase that was split last, and its lines. */
  #text = "";
  /** @type {string[]} */
  #lines = [];

  /** @param {HTMLElement} element @param {HTMLElement} page @param {string} version */
  constructor(element, page, version) {
    this.#element = element;
    const phrases = page.querySelectorAll(`[data-words="${version}"] [data-phrase]`);
    this.#phrases = /** @type {HTMLElement[]} */ (Array.from(phrases));
    /** The breath mark of each phrase, or "". */
    this.marks = this.#phrases.map(({ dataset }) => dataset.breath ?? "");
  }

  /** @param {Captions} captions */
  show(captions) {
    this.phrase = captions.begun;
    const span = captions.times[this.phrase];
    const phrase = this.#phrases[this.phrase];
    // Captions of another script would show the wrong words.
    if (captions.count !== this.#phrases.length || !span || !phrase) return this.#say("");
    const share = (captions.audio.currentTime - span.start) / (span.end - span.start);
    if (phrase.textContent !== this.#text) {
      this.#text = phrase.textContent ?? "";
      this.#lines = linesOf(this.#text);
    }
    this.#say(lineAt(this.#lines, Math.min(1, share)), phrase);
  }

  /** @param {string} line @param {HTMLElement} [phrase] */
  #say(line, phrase) {
    if (line === this.#shown) return;
    this.#shown = line;
    const words = document.createElement("span");
    words.textContent = line;
    words.lang = phrase?.lang || document.documentElement.lang;
    words.dir = phrase?.dir || "";
    this.#element.replaceChildren(words);
  }
}
