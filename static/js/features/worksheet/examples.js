/**
 * The examples on a worksheet. Each example opens separately. A button opens or closes all of them, and this browser
 * remembers that choice.
 */
import { say } from "../../platform/dom.js";
import { recall, remember } from "../../platform/storage.js";
import { pgettext } from "../../platform/i18n.js";

const CHOICE = "worksheet-examples";

/** @param {HTMLElement} sheet */
export function startExamples(sheet) {
  const buttons = sheet.querySelectorAll("button[data-examples]");
  if (!buttons.length) return;
  let shown = recall(CHOICE) === "shown";
  const draw = () => {
    const label = shown
      ? pgettext("link on a worksheet", "Hide examples")
      : pgettext("link on a worksheet", "Show examples");
    buttons.forEach((button) => say(button, label));
  };
  const open = () => examplesIn(sheet).forEach((example) => (example.open = shown));
  buttons.forEach((button) =>
    button.addEventListener("click", () => {
      shown = !shown;
      remember(CHOICE, shown ? "shown" : null);
      draw();
      open();
    }),
  );
  draw();
  if (shown) open();
}

/**
 * Return all examples, including those in the template for a group's next item.
 * @param {ParentNode} root
 * @returns {HTMLDetailsElement[]}
 */
function examplesIn(root) {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const examples = root.querySelectorAll("details.example");
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const templates = root.querySelectorAll("template[data-new]");
  return [...examples, ...[...templates].flatMap(({ content }) => examplesIn(content))];
}
