// By date or by worksheet, as the reader last chose.
import { recall, remember } from "../lib/memory.js";

/** @import { Order } from "./groups.js" */

const NAME = "notes-order";

/** @param {HTMLElement} page @param {() => void} changed @returns {() => Order} */
export function orderOn(page, changed) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const choices = page.querySelectorAll("[data-order] input");
  const remembered = recall(NAME);
  for (const choice of choices) {
    if (remembered) choice.checked = choice.value === remembered;
    choice.addEventListener("change", () => {
      remember(NAME, choice.value);
      changed();
    });
  }
  return () =>
    Array.from(choices).find(({ checked }) => checked)?.value === "worksheet"
      ? "worksheet"
      : "date";
}
