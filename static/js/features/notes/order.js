// The order of the notes list: by date or by worksheet. The page remembers the user's last choice.
import { recall, remember } from "../../platform/storage.js";

/** @import { Order } from "./groups.js" */

const NAME = "notes-order";

/**
 * Set the inputs to the remembered order, and remember a new one.
 *
 * @param {HTMLElement} page
 * @param {() => void} changed called when the user chooses another order
 * @returns {() => Order} returns the order that is chosen now
 */
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
