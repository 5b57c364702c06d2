// The transcripts of a recording, one for each version. Shows the transcript of the version that is played, in
// the page's language or in the language of the voice.
import { Transcript } from "./transcript.js";

/** @typedef {import("../../audio/captions.js").Captions} Captions */

export class Transcripts {
  /** @type {Map<string, Transcript>} */
  #versions = new Map();
  /** @type {Transcript | undefined} */
  #shown;

  /**
   * @param {HTMLElement} page
   * @param {(phrase: number) => void} onTap
   * @param {AbortSignal} signal
   */
  constructor(page, onTap, signal) {
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (
      page.querySelectorAll("[data-words]")
    )) {
      this.#versions.set(box.dataset.words ?? "", new Transcript(box, onTap, signal));
      // Until now this attribute hid the other versions. From now on show() does.
      box.removeAttribute("data-later");
    }
    enableUnfolding(page);
  }

  /** The index of the highlighted phrase, or -1. */
  get current() {
    return this.#shown?.current ?? -1;
  }

  /** Show the transcript of a version, without a highlight. @param {string} version */
  show(version) {
    const transcript = this.#versions.get(version);
    if (!transcript) throw new Error(`the page has no words of "${version}"`);
    this.#shown?.dim();
    this.#shown = transcript;
    for (const { box } of this.#versions.values()) box.hidden = box !== transcript.box;
    return transcript;
  }

  /**
   * Show the transcript in the language of the voice.
   * @param {Captions} captions @param {string} locale
   * @returns {Promise<boolean>} false if its captions could not be fetched or don't fit
   */
  async sayAsSpoken(captions, locale) {
    const transcript = this.#shown;
    if (!(await captions.ready()) || transcript !== this.#shown) return false;
    return transcript?.sayAs(captions.words, locale) ?? false;
  }

  /** Show the transcript in the page's language. */
  sayOwn() {
    this.#shown?.sayOwn();
  }

  /** Scroll to the spoken phrase again, because the listener chose another place in the sound. */
  lookAgain() {
    this.#shown?.lookAgain();
  }

  /** Remove the highlight. */
  dim() {
    this.#shown?.dim();
  }
}

/** Let the reader unfold the whole transcript, which otherwise scrolls in a box. @param {HTMLElement} page */
function enableUnfolding(page) {
  const button = page.querySelector("[data-all-words]");
  if (!(button instanceof HTMLButtonElement)) return;
  const labels = [button.textContent ?? "", button.dataset.less ?? ""];
  button.addEventListener("click", () => {
    const isUnfolded = page.toggleAttribute("data-unfolded");
    button.setAttribute("aria-expanded", String(isUnfolded));
    button.textContent = labels[Number(isUnfolded)];
  });
}
