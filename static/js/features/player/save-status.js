// Shows how far a recording is saved on this phone: a line of text, a progress bar and buttons.
import { h, say } from "../../platform/dom.js";
import { stateWords } from "../../downloads/texts.js";

/** @typedef {import("../../downloads/texts.js").Amount} Amount */
/** @typedef {import("../../downloads/texts.js").State} State */

export class SaveStatus {
  /** The state and problem on the screen, without the amount. */
  #shown = "";
  /** The last announcement to screen readers. */
  #announced = "";

  /** @param {HTMLElement} place */
  constructor(place) {
    // The visible text changes all the time. Screen readers get the second line, which changes less often.
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
   * @param {() => HTMLElement[]} buttons called only when the state or the problem has changed
   * @param {string | null} [problem] shown instead of the state
   */
  show(state, amount, buttons, problem = null) {
    const { text, progress } = this;
    const words = problem ?? stateWords(state, amount);
    progress.hidden = state === "none" || state === "saved" || state === "replaced";
    progress.max = amount.size;
    progress.value = amount.done;
    say(text, words);
    text.classList.toggle("err", problem !== null);
    this.#announce(state, amount, words);
    const shown = `${state} ${problem}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const hadFocus = this.place.contains(document.activeElement);
    this.buttons.replaceChildren(...buttons());
    this.buttons.hidden = !this.buttons.hasChildNodes();
    if (hadFocus) this.#keepFocus(state);
  }

  /**
   * Keep the focus in this line when its button is replaced. Never focus a button that removes the recording.
   * @param {State} state
   */
  #keepFocus(state) {
    const isSafe = state !== "saved" && state !== "checking";
    const button = isSafe ? this.buttons.querySelector("button") : null;
    (button ?? this.place).focus();
  }

  /**
   * Announce each new state, and each quarter while saving.
   * @param {State} state
   * @param {Amount} amount
   * @param {string} words
   */
  #announce(state, { done, size }, words) {
    const quarter = Math.floor((4 * done) / size);
    const announcement = state === "saving" ? `quarter ${quarter}` : words;
    if (announcement === this.#announced) return;
    this.#announced = announcement;
    say(this.status, words);
  }
}
