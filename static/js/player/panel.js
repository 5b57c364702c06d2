// The controls: buttons, slider, times, and what is said beside them.
import { clock, spokenLength } from "../lib/dates.js";
import { say } from "../lib/dom.js";
import { gettext } from "../lib/messages.js";

/** Seconds that an arrow key on the slider goes. */
const STEP = 5;
const PAGE = 30;

/**
 * @typedef {object} Actions
 * @property {() => void} toggle
 * @property {() => void} play
 * @property {(seconds: number) => void} skip
 * @property {(seconds: number) => void} goTo
 */

export class Panel {
  #total = 0;
  /** The slider is being moved, and shows where to, not where the sound is. */
  #isHeld = false;

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
    for (const key of /** @type {NodeListOf<HTMLElement>} */ (
      this.element.querySelectorAll("[data-skip]")
    )) {
      key.addEventListener("click", () => skip(Number(key.dataset.skip)));
    }
    this.element.querySelector("[data-again]")?.addEventListener("click", () => {
      play();
      this.button.focus();
    });
    slider.addEventListener("input", () => {
      this.#isHeld = true;
      this.#show(Number(slider.value), true);
    });
    slider.addEventListener("change", () => {
      this.#isHeld = false;
      goTo(Number(slider.value));
    });
    slider.addEventListener("blur", () => (this.#isHeld = false));
    slider.addEventListener("keydown", (event) => {
      const step = steps(event.key);
      if (!step) return;
      event.preventDefault();
      skip(step);
    });
  }

  /** @param {number} seconds the length of what is played */
  setTotal(seconds) {
    this.#total = seconds;
    this.slider.max = String(Math.round(seconds));
    part(this.element, "[data-total]", HTMLElement).textContent = clock(seconds);
  }

  /** @param {number} seconds @param {{asked?: boolean}} [options] `asked`: the reader went there */
  showTime(seconds, { asked = false } = {}) {
    if (!this.#isHeld) this.#show(seconds, asked);
  }

  /** @param {number} seconds @param {boolean} asked */
  #show(seconds, asked) {
    const { slider } = this;
    // A file may be some moments longer than was noted.
    seconds = Math.min(seconds, this.#total);
    slider.value = String(Math.round(seconds));
    slider.style.setProperty("--at", String(this.#total ? Math.min(1, seconds / this.#total) : 0));
    part(this.element, "[data-now]", HTMLElement).textContent = clock(seconds);
    // Where it has the keyboard, a screen reader would say every second aloud.
    if (!asked && slider === document.activeElement) return;
    const words = { now: spokenLength(seconds), total: spokenLength(this.#total) };
    slider.setAttribute("aria-valuetext", gettext("%(now)s of %(total)s", words));
  }

  /** @param {boolean} on @param {boolean} isWaiting nothing comes at the moment */
  showPlaying(on, isWaiting) {
    this.element.dataset.state = on ? "playing" : "paused";
    this.element.toggleAttribute("data-waiting", on && isWaiting);
    const { playLabel = "", pauseLabel = "" } = this.button.dataset;
    const label = on ? pauseLabel : playLabel;
    if (this.button.getAttribute("aria-label") !== label) {
      this.button.setAttribute("aria-label", label);
    }
  }

  /** @param {string | null} words null takes them away */
  showProblem(words) {
    const problem = part(this.element, "[data-problem]", HTMLElement);
    const line = part(problem, "span", HTMLElement);
    // Said once, not at every change of something else.
    if (line.textContent === (words ?? "")) return;
    problem.hidden = words === null;
    say(line, words ?? "");
  }

  /** Offer to go on where the listener stopped. @param {number} seconds 0 offers nothing @param {() => void} [act] */
  offer(seconds, act) {
    const offer = part(this.element, "[data-resume]", HTMLElement);
    offer.hidden = !seconds;
    const button = part(offer, "button", HTMLButtonElement);
    say(button, gettext("Go on from %(time)s", { time: clock(seconds) }));
    button.onclick = () => {
      act?.();
      this.button.focus();
    };
  }

  /** @param {boolean} is out of this phone */
  showSaved(is) {
    part(this.element, "[data-saved]", HTMLElement).hidden = !is;
  }

  /** @param {boolean} is */
  showEnded(is) {
    const ended = part(this.element, "[data-ended]", HTMLElement);
    if (ended.hidden === !is) return;
    ended.hidden = !is;
    // In a place that is always there, or screen readers miss it.
    const news = part(this.element, "[data-ended-news]", HTMLElement);
    news.textContent = is ? (news.dataset.said ?? "") : "";
  }
}

/** @param {string} key @returns {number} seconds */
function steps(key) {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return -STEP;
    case "ArrowRight":
    case "ArrowUp":
      return STEP;
    case "PageDown":
      return -PAGE;
    case "PageUp":
      return PAGE;
    default:
      return 0;
  }
}

/** @template {HTMLElement} T @param {HTMLElement} within @param {string} selector @param {{new(): T}} kind @returns {T} */
function part(within, selector, kind) {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the player has no ${selector}`);
  return found;
}
