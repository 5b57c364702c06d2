// The words that follow the voice. Cue n of the captions is phrase n of the script, in every
// language, so the words follow an English voice in the reader's own language too.
import { isInView, scrollTo } from "./scrolling.js";

/** @typedef {import("./captions.js").Captions} Captions */

export class Transcript {
  /** The phrase that is lit, or -1. In a silence the last one stays: it says what the silence is for. */
  current = -1;
  /** @type {Captions | undefined} */
  #captions;
  /** The reader has scrolled, and reads elsewhere. */
  #isElsewhere = false;
  /** The phrases in the page's own language. */
  #own;

  /**
   * @param {HTMLElement} box the [data-words] of one version
   * @param {(phrase: number) => void} tapped
   * @param {AbortSignal} signal
   */
  constructor(box, tapped, signal) {
    this.box = box;
    this.signal = signal;
    this.phrases = buttons(box);
    this.#own = this.phrases.map((phrase) => ({
      nodes: Array.from(phrase.childNodes),
      lang: phrase.getAttribute("lang"),
      dir: phrase.getAttribute("dir"),
    }));
    this.phrases.forEach((phrase, index) => {
      phrase.addEventListener("click", () => tapped(index));
      phrase.addEventListener("focus", () => this.#reachable(index));
    });
    box.addEventListener("keydown", (event) => this.#move(event));
    const elsewhere = () => (this.#isElsewhere = true);
    for (const move of ["wheel", "touchmove"]) {
      document.addEventListener(move, elsewhere, { passive: true, signal });
    }
    this.#reachable(0);
  }

  /** The listener went somewhere in the sound: the words go there too. */
  lookAgain() {
    this.#isElsewhere = false;
  }

  /** Follow this sound's captions from now on. @param {Captions} captions @param {() => boolean} isPlaying */
  follow(captions, isPlaying) {
    this.#captions = captions;
    const light = () => {
      if (this.#captions === captions) this.#light(captions.spoken, isPlaying());
    };
    captions.onChange(light, this.signal);
    // Somebody comes back to a recording that went on meanwhile, perhaps in a silence.
    if (captions.count) this.#light(captions.begun, isPlaying());
  }

  /**
   * Show the phrases in the language that is spoken.
   * @param {string[]} words @param {string} locale
   * @returns {boolean} false where they are words of another script
   */
  sayAs(words, locale) {
    if (words.length !== this.phrases.length) return false;
    this.phrases.forEach((phrase, index) => {
      phrase.textContent = words[index];
      phrase.lang = locale;
      phrase.dir = "auto";
    });
    return true;
  }

  /** Show the phrases as the page has them. */
  sayOwn() {
    this.phrases.forEach((phrase, index) => {
      const { nodes, lang, dir } = this.#own[index];
      phrase.replaceChildren(...nodes);
      give(phrase, { lang, dir });
    });
  }

  /** @param {number} index @param {boolean} follows whether the voice goes on */
  #light(index, follows) {
    // Captions of another script would light the wrong words.
    if (index < 0 || index === this.current || this.#captions?.count !== this.phrases.length)
      return;
    const before = this.phrases[this.current];
    // A reader who has moved elsewhere in the words isn't called back.
    if (before && isInView(before, this.box)) this.#isElsewhere = false;
    this.dim();
    this.current = index;
    const phrase = this.phrases[index];
    phrase.classList.add("now");
    phrase.setAttribute("aria-current", "true");
    if (!this.box.contains(document.activeElement)) this.#reachable(index);
    if (follows && !this.#isElsewhere) scrollTo(phrase, this.box);
  }

  /** Nothing is being said any more. */
  dim() {
    const phrase = this.phrases[this.current];
    phrase?.classList.remove("now");
    phrase?.removeAttribute("aria-current");
    this.current = -1;
  }

  /** The tab key stops at one phrase, so that what comes after is near; arrows reach the others. @param {number} index */
  #reachable(index) {
    this.phrases.forEach((phrase, at) => (phrase.tabIndex = at === index ? 0 : -1));
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const { phrases } = this;
    const at = phrases.findIndex((phrase) => phrase === document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: phrases.length - 1 };
    const next = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (at < 0 || next === undefined || !phrases[next]) return;
    event.preventDefault();
    phrases[next].focus();
  }
}

/** Phrases become buttons, so that a keyboard reaches them. @param {HTMLElement} box */
function buttons(box) {
  return Array.from(box.querySelectorAll("[data-phrase]"), (phrase) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.phrase = "";
    button.append(...phrase.childNodes);
    give(button, { lang: phrase.getAttribute("lang"), dir: phrase.getAttribute("dir") });
    phrase.replaceWith(button);
    return button;
  });
}

/** @param {Element} element @param {Record<string, string | null>} attributes null takes one away */
function give(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}
