// The reader's own colours. They are used only if everything stays readable, and the figures say so.
import { number, gettext } from "../../platform/i18n.js";
import { say } from "../../platform/dom.js";
import { LEAST, PAPER, READ, canBeRead, contrast } from "./contrast.js";

/** @import { Choices } from "../../platform/reading-choices.js" */

/** Each colour, with the token that it begins as. @type {Record<string, string>} */
const COLOURS = {
  [PAPER]: "--paper",
  "--own-ink": "--ink",
  "--own-link": "--act",
  "--own-button": "--act",
};

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
    this.#say("");
  }

  /** Return the colours to begin with: those of last time, or of the page as it is. @param {Choices} choices @returns {Choices} */
  begin(choices) {
    if (canBeRead(choices)) return {};
    const styles = getComputedStyle(document.documentElement);
    const colourOf = (/** @type {string} */ token) => styles.getPropertyValue(token).trim();
    return Object.fromEntries(
      // A service may write its colours in capitals. Fields don't.
      Object.entries(COLOURS).map(([name, token]) => [name, colourOf(token).toLowerCase()]),
    );
  }

  /** Use the colours of the fields if they can be read. */
  take() {
    const isLow = this.#showFigures();
    this.#say(
      isLow
        ? gettext(
            "These colours are too close to read, so nothing has changed. Text and links need a contrast of at least 4.5 : 1 with the paper.",
          )
        : "",
    );
    if (isLow) return;
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

  /** Say why colours are refused. @param {string} text */
  #say(text) {
    const line = this.#part.querySelector("[data-refused]");
    if (line) say(line, text);
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.#part.querySelector(`[name="${name}"]`));
  }
}
