// Says one text at a time with the device's voice, whatever the browser. The Web Speech API has known faults:
// - cancel() isn't done when it returns. Chromium on Linux then drops what is spoken next, and Safari and Firefox end it
//   with the late end of what was cancelled. So rest after a cancel, and listen only to the utterance of now.
// - pause() works neither in Android nor in Firefox. So nothing here pauses: whoever pauses stops and speaks again.
// - An utterance that nobody refers to is collected, and its events never come (WebKit, Chromium).
// - Some voices never say that they have ended.
// - iPhones speak for the first time only within a press, so the first text is spoken at once.

/** How long to rest after a cancel, in ms. Readium measured 250 ms in Safari. */
const REST = 250;
/** How often to look whether the voice still speaks, in ms. */
const LOOK = 1000;
/** So many looks a voice may take to begin. One that is used for the first time may be slow. */
const LOOKS_TO_BEGIN = 6;
/** After so many looks at a silent voice, it has ended. */
const LOOKS_TO_END = 2;

/**
 * @typedef {object} Manner how to speak
 * @property {SpeechSynthesisVoice} voice
 * @property {number} rate
 * @property {number} pitch
 * @property {number} volume
 *
 * @typedef {object} Listener
 * @property {(index: number, length: number) => void} word the voice has reached a word of the text
 * @property {() => void} ended
 * @property {() => void} failed the voice can't speak, or something else has stopped it
 */

export class Speech {
  /** What is being spoken. The reference keeps it from being collected. @type {SpeechSynthesisUtterance | undefined} */
  #utterance;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;
  /** When speech was last cancelled, as performance.now(). */
  #cancelled = -REST;

  /** @param {SpeechSynthesis} synthesis */
  constructor(synthesis) {
    this.synthesis = synthesis;
  }

  /** @param {string} text @param {Manner} manner @param {Listener} listener */
  say(text, manner, listener) {
    if (this.#utterance || this.#resting) this.stop();
    const rest = this.#cancelled + REST - performance.now();
    const speak = () => this.#speak(text, manner, listener);
    if (rest > 0) this.#resting = setTimeout(speak, rest);
    else speak();
  }

  /** Be silent, also if another page of this browser left its words behind. */
  stop() {
    this.#forget();
    const { speaking, pending } = this.synthesis;
    if (!speaking && !pending) return;
    this.synthesis.cancel();
    this.#cancelled = performance.now();
  }

  #forget() {
    clearTimeout(this.#resting);
    clearInterval(this.#looking);
    this.#utterance = this.#resting = undefined;
  }

  /** @param {string} text @param {Manner} manner @param {Listener} listener @param {boolean} [isAgain] */
  #speak(text, manner, listener, isAgain = false) {
    this.#forget();
    const utterance = new SpeechSynthesisUtterance(text);
    // Android takes no notice of a voice in another language than the utterance's.
    Object.assign(utterance, manner, { lang: manner.voice.lang });
    this.#utterance = utterance;
    this.#hear(utterance, listener);
    // Another page of this browser may have left it paused.
    if (this.synthesis.paused) this.synthesis.resume();
    this.synthesis.speak(utterance);
    this.#look(utterance, listener, () => {
      this.stop();
      if (isAgain) listener.failed();
      else this.#resting = setTimeout(() => this.#speak(text, manner, listener, true), REST);
    });
  }

  /** @param {SpeechSynthesisUtterance} utterance @param {Listener} listener */
  #hear(utterance, { word, ended, failed }) {
    const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) =>
      utterance.addEventListener(type, (event) => {
        if (utterance === this.#utterance) act(event);
      });
    on("boundary", ({ name, charIndex, charLength }) => {
      if (name !== "sentence") word(charIndex, charLength);
    });
    on("end", () => this.#finish(ended));
    on("error", () => this.#finish(failed));
  }

  /** @param {() => void} tell */
  #finish(tell) {
    this.#forget();
    tell();
  }

  /** @param {SpeechSynthesisUtterance} utterance @param {Listener} listener @param {() => void} dropped */
  #look(utterance, { ended }, dropped) {
    let hasBegun = false;
    let looks = 0;
    const begin = () => (hasBegun = true);
    for (const type of ["start", "boundary"]) utterance.addEventListener(type, begin);
    this.#looking = setInterval(() => {
      const { speaking, pending } = this.synthesis;
      looks = hasBegun && (speaking || pending) ? 0 : looks + 1;
      if (hasBegun && looks >= LOOKS_TO_END) this.#finish(ended);
      else if (looks >= LOOKS_TO_BEGIN) dropped();
    }, LOOK);
  }
}
