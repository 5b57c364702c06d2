// Builds the rows of a list of recordings.
import { href, say } from "../../platform/dom.js";
import { factsOf, nameOf } from "./texts.js";

/** @import { Letter } from "../../data/voice-notes.js" */

/** @param {ParentNode} page contains the template of a row @param {Letter[]} letters @returns {HTMLElement[]} */
export function rowsOf(page, letters) {
  const template = /** @type {HTMLTemplateElement} */ (page.querySelector("template[data-row]"));
  return letters.map((letter) => {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const row = /** @type {HTMLElement} */ (copy.firstElementChild);
    row.querySelector("a")?.setAttribute("href", `${href("recordings/my-letter")}#${letter.id}`);
    tell(row, letter);
    return row;
  });
}

/**
 * Fill in a recording's name and facts, if the part has elements for them.
 * @param {HTMLElement} part
 * @param {Letter} letter
 */
export function tell(part, letter) {
  const name = part.querySelector("[data-name]");
  if (name) name.textContent = nameOf(letter);
  const facts = part.querySelector("[data-facts]");
  if (facts) say(facts, factsOf(letter));
}
