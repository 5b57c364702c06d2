// The line that says how far a recording is saved, its bar, and what can be done.
import { h, say } from "../lib/dom.js";
import { stateWords } from "./keep-words.js";

/** @typedef {import("./keep-words.js").Amount} Amount */
/** @typedef {import("./keep-words.js").State} State */

export class KeepLine {
  /** What is shown, but for the amount. */
  #shown = "";
  /** What was read aloud. */
  #told = "";

  /** @param {HTMLElement} place */
  constructor(place) {
    // Read with the eyes it changes all the time; read aloud only now and then.
    this.text = h("p", { "aria-hidden": "true" });
    this.status = h("p", { class: "sr", role: "status" });
    this.progress = h("progress", { class: "progress", "aria-labelledby": "keep-title" });
    this.progress.hidden = true;
    this.buttons = h("p", { class: "buttons" });
    this.place = place;
    place.setAttribute("tabindex", "-1");
    place.replaceChildren(this.text, this.status, this.progress, this.buttons);
  }

  /**
   * @param {State} state
   * @param {Amount} amount
   * @param {() => HTMLElement[]} buttons asked for when the state is another
   * @param {string | null} [problem] said in place of the state
   */
  show(state, amount, buttons, problem = null) {
    const { text, progress } = this;
    const words = problem ?? stateWords(state, amount);
    progress.hidden = state === "none" || state === "saved" || state === "replaced";
    progress.max = amount.size;
    progress.value = amount.done;
    say(text, words);
    text.classList.toggle("err", problem !== null);
    this.#tell(state, amount, words);
    const shown = `${state} ${problem}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const hadFocus = this.place.contains(document.activeElement);
    this.buttons.replaceChildren(...buttons());
    this.buttons.hidden = !this.buttons.hasChildNodes();
    if (hadFocus) this.#keepFocus(state);
  }

  /** The keyboard stays here, though its button is gone; but never on what would remove. @param {State} state */
  #keepFocus(state) {
    const isSafe = state !== "saved" && state !== "checking";
    const button = isSafe ? this.buttons.querySelector("button") : null;
    (button ?? this.place).focus();
  }

  /** @param {State} state @param {Amount} amount @param {string} words */
  #tell(state, { done, size }, words) {
    const quarter = Math.floor((4 * done) / size);
    const told = state === "saving" ? `quarter ${quarter}` : words;
    if (told === this.#told) return;
    this.#told = told;
    say(this.status, words);
  }
}
