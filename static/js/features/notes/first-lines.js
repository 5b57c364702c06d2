// The first line of each note in the list. Somebody may not want others to see it when they look at the phone.
import { say } from "../../platform/dom.js";
import { recall, remember } from "../../platform/storage.js";

/** The privacy settings (discretion.component.js) change this too. */
const NAME = "first-lines";
const HIDDEN = "hidden";

export const showsFirstLines = () => recall(NAME) !== HIDDEN;

/**
 * Set up the button that hides the first lines, or shows them again.
 *
 * @param {HTMLElement} button
 * @param {() => void} changed
 */
export function firstLinesOn(button, changed) {
  const hide = button.textContent ?? "";
  const draw = () => say(button, showsFirstLines() ? hide : (button.dataset.show ?? ""));
  button.addEventListener("click", () => {
    remember(NAME, showsFirstLines() ? HIDDEN : null);
    draw();
    changed();
  });
  draw();
}
