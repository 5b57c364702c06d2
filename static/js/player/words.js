// The words of every version; those of the one that is played are shown, in the page's language or in
// that of the voice.
import { Transcript } from "./transcript.js";

/** @typedef {import("./captions.js").Captions} Captions */

export class Words {
  /** @type {Map<string, Transcript>} */
  #versions = new Map();
  /** @type {Transcript | undefined} */
  #shown;

  /**
   * @param {HTMLElement} page
   * @param {(phrase: number) => void} tapped
   * @param {AbortSignal} signal
   */
  constructor(page, tapped, signal) {
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (
      page.querySelectorAll("[data-words]")
    )) {
      this.#versions.set(box.dataset.words ?? "", new Transcript(box, tapped, signal));
      // From here on the script hides what isn't played.
      box.removeAttribute("data-later");
    }
    unfoldable(page);
  }

  /** The phrase that is lit, or -1. */
  get current() {
    return this.#shown?.current ?? -1;
  }

  /** Show the words of a version, unlit. @param {string} version */
  show(version) {
    const transcript = this.#versions.get(version);
    if (!transcript) throw new Error(`the page has no words of "${version}"`);
    this.#shown?.dim();
    this.#shown = transcript;
    for (const { box } of this.#versions.values()) box.hidden = box !== transcript.box;
    return transcript;
  }

  /**
   * Show them as they are spoken.
   * @param {Captions} captions @param {string} locale
   * @returns {Promise<boolean>} false when they can't be had
   */
  async sayAsSpoken(captions, locale) {
    const transcript = this.#shown;
    if (!(await captions.ready()) || transcript !== this.#shown) return false;
    return transcript?.sayAs(captions.words, locale) ?? false;
  }

  sayOwn() {
    this.#shown?.sayOwn();
  }

  /** The listener went somewhere in the sound. */
  lookAgain() {
    this.#shown?.lookAgain();
  }

  /** Nothing is being said any more. */
  dim() {
    this.#shown?.dim();
  }
}

/** The words scroll in a box beside the player; who would rather read them unfolds them. @param {HTMLElement} page */
function unfoldable(page) {
  const button = page.querySelector("[data-all-words]");
  if (!(button instanceof HTMLButtonElement)) return;
  const labels = [button.textContent ?? "", button.dataset.less ?? ""];
  button.addEventListener("click", () => {
    const unfolded = page.toggleAttribute("data-unfolded");
    button.setAttribute("aria-expanded", String(unfolded));
    button.textContent = labels[Number(unfolded)];
  });
}
