// Reads blocks one after the other, and knows the place: which block, and which word of it. It knows no browser: the
// voice and what the page shows are given to it.
import { cut, wordAt } from "./stretches.js";

/** @typedef {import("./gather.js").Block} Block */
/** @typedef {import("./gather.js").Part} Part */
/** @typedef {import("./speech.js").Speech} Speech */
/** @typedef {import("./speech.js").Manner} Manner */

/**
 * @typedef {object} View
 * @property {(block: Block, isAsked: boolean) => void} block this block is read now; `isAsked`: the reader chose it
 * @property {(part: Part, from: number, to: number) => void} word this word is spoken now
 * @property {() => void} changed it reads or pauses
 * @property {() => void} ended the last block has been read
 * @property {(block: Block) => boolean} isThere whether the page still shows the block
 */

/** The silence after a block, in ms. */
const SILENCES = { heading: 700, item: 250, text: 400 };

export class Reading {
  isPlaying = false;
  /** The voice has failed since it was last asked to read. */
  hasFailed = false;
  /** Which block; -1 before the first. */
  #at = -1;
  /** What is still to be said of the block. @type {{part: Part, from: number, to: number}[]} */
  #left = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /**
   * @param {Block[]} blocks
   * @param {Pick<Speech, "say" | "stop">} speech
   * @param {(lang: string) => Manner | undefined} mannerOf how to speak a language; undefined if no voice can
   * @param {View} view
   */
  constructor(blocks, speech, mannerOf, view) {
    this.blocks = blocks;
    this.speech = speech;
    this.mannerOf = mannerOf;
    this.view = view;
  }

  toggle = () => (this.isPlaying ? this.pause() : this.play());

  /** Read on from the word at which it was paused. */
  play = () => {
    this.#be(true);
    if (this.#at < 0) this.#enter(0, true);
    else this.#show(true);
    this.#sayNext();
  };

  /** Stop and remember the word. */
  pause = () => {
    // Another page may be speaking by now, in the same voice.
    if (!this.isPlaying) return;
    this.#hush();
    this.#be(false);
  };

  /** Say the rest once more, in the manner of now. */
  again() {
    if (!this.isPlaying) return;
    this.#hush();
    this.#sayNext();
  }

  /** Go some blocks forward or back, within the page. @param {number} by */
  step(by) {
    const way = Math.sign(by);
    let at = this.#at + by;
    while (this.blocks[at] && !this.view.isThere(this.blocks[at])) at += way;
    if (this.blocks[at]) this.goTo(at);
    else if (by < 0) this.goTo(this.#at);
  }

  /** Read from this block. If it is paused, only go there. @param {number} at */
  goTo(at) {
    this.#hush();
    this.#enter(at, true);
    if (this.isPlaying) this.#sayNext();
  }

  /** @param {number} at @param {boolean} isAsked */
  #enter(at, isAsked) {
    this.#at = at;
    this.#left = this.blocks[at].parts.flatMap((part) =>
      cut(part.text, part.lang).map((stretch) => ({ part, ...stretch })),
    );
    this.#show(isAsked);
  }

  /** @param {boolean} isAsked */
  #show(isAsked) {
    this.view.block(this.blocks[this.#at], isAsked);
  }

  #sayNext() {
    const [next] = this.#left;
    if (!next) return this.#goOn();
    const { part, from, to } = next;
    const manner = this.mannerOf(part.lang);
    if (!manner) return this.#fail();
    this.speech.say(part.text.slice(from, to), manner, {
      word: (index, length) => this.#mark(part, from + index, length),
      ended: () => {
        this.#left.shift();
        this.#sayNext();
      },
      failed: () => this.#fail(),
    });
  }

  /** @param {Part} part @param {number} index @param {number} length */
  #mark(part, index, length) {
    const word = wordAt(part.text, index, length);
    if (!word || word.from >= this.#left[0].to) return;
    this.#left[0].from = word.from;
    this.view.word(part, word.from, word.to);
  }

  /** Read the next block that is still there, after a silence. */
  #goOn() {
    const { kind } = this.blocks[this.#at];
    const next = this.blocks.findIndex((block, at) => at > this.#at && this.view.isThere(block));
    this.#silence = setTimeout(() => {
      if (next < 0) return this.view.ended();
      this.#enter(next, false);
      this.#sayNext();
    }, SILENCES[kind]);
  }

  #fail() {
    this.#hush();
    this.#be(false, true);
  }

  #hush() {
    clearTimeout(this.#silence);
    this.speech.stop();
  }

  /** @param {boolean} isPlaying @param {boolean} [hasFailed] */
  #be(isPlaying, hasFailed = false) {
    this.isPlaying = isPlaying;
    this.hasFailed = hasFailed;
    this.view.changed();
  }
}
