// The controls of a player: buttons, slider, times and messages.
import { clock, spokenLength } from "../platform/dates.js";
import { say } from "../platform/dom.js";
import { gettext } from "../platform/i18n.js";

/** How far the arrow keys move the slider, in seconds. */
const STEP = 5;
/** How far Page Up and Page Down move the slider, in seconds. */
const PAGE_STEP = 30;

/**
 * @typedef {object} Actions
 * @property {() => void} toggle
 * @property {() => void} play
 * @property {(seconds: number) => void} skip
 * @property {(seconds: number) => void} goTo
 */

export class PlayerControls {
  #total = 0;
  /** While the reader drags the slider, it shows their target and not the current place. */
  #isDragged = false;

  /** @param {HTMLElement} element @param {Actions} actions */
  constructor(element, actions) {
    this.element = element;
    this.button = part(element, "[data-play]", HTMLButtonElement);
    this.slider = part(element, "[data-seek]", HTMLInputElement);
    this.#listen(actions);
  }

  /** @param {Actions} actions */
  #listen({ toggle, play, skip, goTo }) {
    const { slider } = this;
    this.button.addEventListener("click", toggle);
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (
      this.element.querySelectorAll("[data-skip]")
    )) {
      button.addEventListener("click", () => skip(Number(button.dataset.skip)));
    }
    this.element.querySelector("[data-again]")?.addEventListener("click", () => {
      play();
      this.button.focus();
    });
    slider.addEventListener("input", () => {
      this.#isDragged = true;
      this.#show(Number(slider.value), true);
    });
    slider.addEventListener("change", () => {
      this.#isDragged = false;
      goTo(Number(slider.value));
    });
    slider.addEventListener("blur", () => (this.#isDragged = false));
    slider.addEventListener("keydown", (event) => {
      const step = stepOf(event.key);
      if (!step) return;
      event.preventDefault();
      skip(step);
    });
  }

  /** Show the length of the sound. @param {number} seconds */
  setTotal(seconds) {
    this.#total = seconds;
    this.slider.max = String(Math.round(seconds));
    part(this.element, "[data-total]", HTMLElement).textContent = clock(seconds);
  }

  /** @param {number} seconds @param {{asked?: boolean}} [options] `asked`: the reader chose this place */
  showTime(seconds, { asked = false } = {}) {
    if (!this.#isDragged) this.#show(seconds, asked);
  }

  /** @param {number} seconds @param {boolean} asked */
  #show(seconds, asked) {
    const { slider } = this;
    // A file may be slightly longer than its stated length.
    seconds = Math.min(seconds, this.#total);
    slider.value = String(Math.round(seconds));
    slider.style.setProperty("--at", String(this.#total ? Math.min(1, seconds / this.#total) : 0));
    part(this.element, "[data-now]", HTMLElement).textContent = clock(seconds);
    // If the slider has the focus, a screen reader would announce every second.
    if (!asked && slider === document.activeElement) return;
    const words = { now: spokenLength(seconds), total: spokenLength(this.#total) };
    slider.setAttribute("aria-valuetext", gettext("%(now)s of %(total)s", words));
  }

  /** @param {boolean} isPlaying @param {boolean} isWaiting no data arrives at the moment */
  showPlaying(isPlaying, isWaiting) {
    this.element.dataset.state = isPlaying ? "playing" : "paused";
    this.element.toggleAttribute("data-waiting", isPlaying && isWaiting);
    const { playLabel = "", pauseLabel = "" } = this.button.dataset;
    const label = isPlaying ? pauseLabel : playLabel;
    if (this.button.getAttribute("aria-label") !== label) {
      this.button.setAttribute("aria-label", label);
    }
  }

  /** @param {string | null} words null removes the message */
  showProblem(words) {
    const problem = part(this.element, "[data-problem]", HTMLElement);
    const line = part(problem, "span", HTMLElement);
    // Set it only when it has changed. Otherwise screen readers would announce it again.
    if (line.textContent === (words ?? "")) return;
    problem.hidden = words === null;
    say(line, words ?? "");
  }

  /**
   * Show a button to continue where the listener stopped.
   * @param {number} seconds 0 hides it
   * @param {() => void} [onClick]
   */
  offer(seconds, onClick) {
    const offer = part(this.element, "[data-resume]", HTMLElement);
    offer.hidden = !seconds;
    const button = part(offer, "button", HTMLButtonElement);
    say(button, gettext("Resume at %(time)s", { time: clock(seconds) }));
    button.onclick = () => {
      onClick?.();
      this.button.focus();
    };
  }

  /** @param {boolean} isSaved on this phone */
  showSaved(isSaved) {
    part(this.element, "[data-saved]", HTMLElement).hidden = !isSaved;
  }

  /** @param {boolean} isEnded */
  showEnded(isEnded) {
    const ended = part(this.element, "[data-ended]", HTMLElement);
    if (ended.hidden === !isEnded) return;
    ended.hidden = !isEnded;
    // Screen readers miss a live region that has just appeared, so this element is always in the page.
    const status = part(this.element, "[data-ended-news]", HTMLElement);
    status.textContent = isEnded ? (status.dataset.said ?? "") : "";
  }
}

/** @param {string} key @returns {number} how far the key moves the slider, in seconds; 0 for other keys */
function stepOf(key) {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return -STEP;
    case "ArrowRight":
    case "ArrowUp":
      return STEP;
    case "PageDown":
      return -PAGE_STEP;
    case "PageUp":
      return PAGE_STEP;
    default:
      return 0;
  }
}

/**
 * Find a required child.
 * @template {HTMLElement} T
 * @param {HTMLElement} within
 * @param {string} selector
 * @param {{new(): T}} kind
 * @returns {T}
 */
function part(within, selector, kind) {
  const child = within.querySelector(selector);
  if (!(child instanceof kind)) throw new Error(`the player has no ${selector}`);
  return child;
}
