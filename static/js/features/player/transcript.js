// The transcript of one version. It highlights the phrase that is being spoken and scrolls to it. Cue n of the
// captions is phrase n of the script in every language. So the transcript in the reader's own language can
// follow an English voice.
import { once } from "../../platform/once.js";

/** @typedef {import("../../audio/captions.js").Captions} Captions */

const loadScrolling = once(() => import("./scrolling.js"));

export class Transcript {
  /** The index of the highlighted phrase, or -1. It stays during a silence: it says what the silence is for. */
  current = -1;
  /** @type {Captions | undefined} */
  #captions;
  /** The reader has scrolled and reads another part, so automatic scrolling is off. */
  #hasScrolledAway = false;
  /** The phrases as the page contains them. */
  #own;

  /**
   * @param {HTMLElement} box the [data-words] of one version
   * @param {(phrase: number) => void} onTap
   * @param {AbortSignal} signal
   */
  constructor(box, onTap, signal) {
    this.box = box;
    this.signal = signal;
    this.phrases = makeButtons(box);
    this.#own = this.phrases.map((phrase) => ({
      nodes: Array.from(phrase.childNodes),
      lang: phrase.getAttribute("lang"),
      dir: phrase.getAttribute("dir"),
    }));
    this.phrases.forEach((phrase, index) => {
      phrase.addEventListener("click", () => onTap(index));
      phrase.addEventListener("focus", () => this.#setTabStop(index));
    });
    box.addEventListener("keydown", (event) => this.#onKeyDown(event));
    const onScroll = () => (this.#hasScrolledAway = true);
    for (const type of ["wheel", "touchmove"]) {
      document.addEventListener(type, onScroll, { passive: true, signal });
    }
    this.#setTabStop(0);
  }

  /** Scroll to the spoken phrase again, because the listener chose another place in the sound. */
  lookAgain() {
    this.#hasScrolledAway = false;
  }

  /** Follow the captions of another sound. @param {Captions} captions @param {() => boolean} isPlaying */
  follow(captions, isPlaying) {
    this.#captions = captions;
    const update = () => {
      if (this.#captions === captions) this.#highlight(captions.spoken, isPlaying());
    };
    captions.onChange(update, this.signal);
    // The reader may come back to a recording that is already playing, perhaps during a silence.
    if (captions.count) this.#highlight(captions.begun, isPlaying());
  }

  /**
   * Show the phrases in the language of the voice.
   * @param {string[]} words @param {string} locale
   * @returns {boolean} false if the number of phrases differs: these captions belong to another script
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

  /** Show the phrases in the page's language again. */
  sayOwn() {
    this.phrases.forEach((phrase, index) => {
      const { nodes, lang, dir } = this.#own[index];
      phrase.replaceChildren(...nodes);
      setAttributes(phrase, { lang, dir });
    });
  }

  /** Highlight a phrase. @param {number} index @param {boolean} isPlaying scroll only if it is */
  #highlight(index, isPlaying) {
    // Captions of another script would highlight the wrong phrases.
    if (index < 0 || index === this.current || this.#captions?.count !== this.phrases.length)
      return;
    const previous = this.phrases[this.current];
    this.dim();
    this.current = index;
    const phrase = this.phrases[index];
    phrase.classList.add("now");
    phrase.setAttribute("aria-current", "true");
    if (!this.box.contains(document.activeElement)) this.#setTabStop(index);
    if (isPlaying) void this.#scrollTo(phrase, previous);
  }

  /** @param {HTMLElement} phrase @param {HTMLElement | undefined} previous the phrase that was highlighted before */
  async #scrollTo(phrase, previous) {
    const scrolling = await loadScrolling().catch(() => undefined);
    // Don't pull back a reader who has scrolled away. Follow again once they see the highlighted phrase.
    if (previous && scrolling?.isInView(previous, this.box)) this.#hasScrolledAway = false;
    if (!this.#hasScrolledAway) scrolling?.scrollTo(phrase, this.box);
  }

  /** Remove the highlight. */
  dim() {
    const phrase = this.phrases[this.current];
    phrase?.classList.remove("now");
    phrase?.removeAttribute("aria-current");
    this.current = -1;
  }

  /**
   * Make one phrase the only tab stop (a roving tabindex), so that Tab quickly reaches what follows the transcript.
   * Arrow keys reach the other phrases.
   * @param {number} index
   */
  #setTabStop(index) {
    this.phrases.forEach((phrase, position) => (phrase.tabIndex = position === index ? 0 : -1));
  }

  /** Move the focus to another phrase. @param {KeyboardEvent} event */
  #onKeyDown(event) {
    const { phrases } = this;
    const at = phrases.findIndex((phrase) => phrase === document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: phrases.length - 1 };
    const next = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (at < 0 || next === undefined || !phrases[next]) return;
    event.preventDefault();
    phrases[next].focus();
  }
}

/** Replace each phrase with a button, so that the keyboard can reach it. @param {HTMLElement} box */
function makeButtons(box) {
  return Array.from(box.querySelectorAll("[data-phrase]"), (phrase) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...phrase.childNodes);
    for (const { name, value } of phrase.attributes) button.setAttribute(name, value);
    phrase.replaceWith(button);
    return button;
  });
}

/** @param {Element} element @param {Record<string, string | null>} attributes null removes one */
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}
