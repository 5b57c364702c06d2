// The reading settings on a printed card: in words, and as the code that carries them to another phone.
import { isComputer } from "../../platform/device.js";
import { h } from "../../platform/dom.js";
import { fieldsIn, valueOf } from "./fields.js";

/** @import { Field } from "./fields.js" */

/** Print the card. @param {HTMLElement} form @param {Element} code a drawing of the code */
export function printCard(form, code) {
  const template = /** @type {HTMLTemplateElement} */ (form.querySelector("[data-card]"));
  const card = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const lines = fieldsIn(form).filter(isChosen).map(wordsFor);
  card.querySelector("ul")?.append(...lines.map((words) => h("li", {}, words)));
  card.querySelector("[data-card-code]")?.append(code);
  document.body.append(card);
  document.documentElement.dataset.print = "card";
  addEventListener("afterprint", () => takeAway(card), { once: true });
  print();
}

/** @param {HTMLElement} card */
function takeAway(card) {
  card.remove();
  delete document.documentElement.dataset.print;
}

/** Return whether a field stands for a choice that isn't the usual one. Voices belong to one device. @param {Field} field */
function isChosen(field) {
  if (field.type === "color" || field.type === "select-one") return false;
  if (field.type === "radio")
    return /** @type {HTMLInputElement} */ (field).checked && field.value !== "";
  return valueOf(field) !== "";
}

/** Return the words for a field's choice: "Font: OpenDyslexic", "Text size: 120%", "Bold letters". @param {Field} field */
function wordsFor(field) {
  const label = textOf(field.labels?.[0]);
  if (field.type === "range") return `${label}: ${field.getAttribute("aria-valuetext")}`;
  if (field.type === "radio")
    return `${textOf(field.closest("fieldset")?.querySelector("legend"))}: ${label}`;
  return label;
}

/** Return an element's text; where there are two, that for this device. @param {HTMLElement | null} [element] */
function textOf(element) {
  const own = element?.querySelector(isComputer() ? ".on-computer" : ".on-phone");
  return (own ?? element)?.textContent?.trim() ?? "";
}
