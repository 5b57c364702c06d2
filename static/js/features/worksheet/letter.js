// The last step of the letter worksheet: the letter, put together from the answers, to read, to edit as one text and to
// record. Until it is edited as one text, it follows the answers. Template: pages/worksheet.html.
import { letterOf, WHOLE } from "../../answers/letter.js";
import { touched } from "../../answers/fields.js";
import { h } from "../../platform/dom.js";

/** @import { Field } from "../../answers/fields.js" */

export class LetterStep {
  #fields;
  #view;
  #whole;
  #text = "";

  /**
   * @param {HTMLElement} sheet
   * @param {Map<string, Field>} fields
   * @param {Field} whole the question for the letter as one text
   */
  constructor(sheet, fields, whole) {
    this.#fields = fields;
    this.#whole = whole;
    const template = /** @type {HTMLTemplateElement} */ (sheet.querySelector("[data-letter]"));
    this.#view = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    whole.element.before(this.#view);
    this.#view.querySelector("[data-as-one]")?.addEventListener("click", () => this.#edit());
    // Until something else is loaded or changes, nobody else draws it.
    this.draw();
  }

  /**
   * Return the step of the letter worksheet; undefined if a service has changed its questions.
   * @param {HTMLElement} sheet
   * @param {Map<string, Field>} fields
   */
  static of(sheet, fields) {
    const whole = fields.get(WHOLE);
    return whole && new LetterStep(sheet, fields, whole);
  }

  /** Put the letter together again, after an answer has changed. */
  draw() {
    const isOneText = this.#whole.read().trim() !== "";
    const isInUse = this.#whole.element.contains(document.activeElement);
    const paragraphs = isOneText ? [] : this.#paragraphs();
    const isShown = paragraphs.length > 0 && !isInUse;
    this.#view.hidden = !isShown;
    this.#whole.element.toggleAttribute("data-put-together", isShown);
    const text = paragraphs.join("\n\n");
    if (text === this.#text) return;
    this.#text = text;
    const lines = paragraphs.map((words) => h("p", { class: "said", dir: "auto" }, words));
    this.#view.querySelector("[data-lines]")?.replaceChildren(...lines);
  }

  #paragraphs() {
    const answers = [...this.#fields].map(([name, { read }]) => [
      name,
      [{ value: read(), changed: 0, here: true }],
    ]);
    const questions = new Map([...this.#fields].map(([name, { question }]) => [name, question]));
    return letterOf({ fields: Object.fromEntries(answers) }, questions);
  }

  /** Make the letter one text, and let the reader edit it. */
  #edit() {
    this.#whole.show(this.#text);
    touched(this.#whole.element);
    this.draw();
    this.#whole.element.querySelector("textarea")?.focus();
  }
}
