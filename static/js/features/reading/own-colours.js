// The reader's own colours. They are used only if everything stays readable, and the figures say so.
import { number, gettext } from "../../platform/i18n.js";
import { say } from "../../platform/dom.js";
import { LEAST, contrast } from "./contrast.js";

/** @import { Choices } from "../../platform/reading-choices.js" */

const PAPER = "--own-paper";
/** Each colour, with the token that it begins as. @type {Record<string, string>} */
const COLOURS = {
  [PAPER]: "--paper",
  "--own-ink": "--ink",
  "--own-link": "--act",
  "--own-button": "--act",
};
/** What is read on the paper. */
const READ = ["--own-ink", "--own-link"];

export class OwnColours {
  #part;
  #choose;

  /**
   * @param {HTMLElement} part has the fields
   * @param {(colours: Choices) => void} choose uses colours that can be read
   */
  constructor(part, choose) {
    this.#part = part;
    this.#choose = choose;
  }

  /** Show the colours in use, or hide the fields. @param {Choices} choices */
  show(choices) {
    this.#part.hidden = choices.theme !== "own";
    if (this.#part.hidden) return;
    for (const name of Object.keys(COLOURS)) this.#field(name).value = choices[name];
    this.#showFigures();
  }

  /** Return the colours of the page as it is, to begin with. @returns {Choices} */
  begin() {
    const styles = getComputedStyle(document.documentElement);
    return Object.fromEntries(
      Object.entries(COLOURS).map(([name, token]) => [name, styles.getPropertyValue(token).trim()]),
    );
  }

  /** Use the colours of the fields if they can be read. */
  take() {
    const low = this.#showFigures();
    const refused = this.#part.querySelector("[data-refused]");
    if (refused) {
      say(
        refused,
        low
          ? gettext(
              "That is hard to read, so the page keeps its colours. Text and links need 4.5 : 1 on the paper.",
            )
          : "",
      );
    }
    if (low) return;
    const names = Object.keys(COLOURS);
    this.#choose(Object.fromEntries(names.map((name) => [name, this.#field(name).value])));
  }

  /** Show the contrast of each colour with the paper. Return whether one is too low. */
  #showFigures() {
    let isLow = false;
    for (const name of READ) {
      const ratio = contrast(this.#field(name).value, this.#field(PAPER).value);
      const figure = /** @type {HTMLElement} */ (
        this.#part.querySelector(`[data-figure="${name}"]`)
      );
      const shown = number(Math.floor(ratio * 10) / 10);
      // Translators: the contrast of two colours, as in "4.5 : 1"
      say(figure, gettext("%(ratio)s : 1", { ratio: shown }));
      figure.toggleAttribute("data-low", ratio < LEAST);
      isLow ||= ratio < LEAST;
    }
    return isLow;
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.#part.querySelector(`[name="${name}"]`));
  }
}
