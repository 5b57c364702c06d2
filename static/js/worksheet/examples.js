/** Examples: each opens by itself, and all of them at once for who wants them; this browser remembers that. */
import { say } from "../lib/dom.js";
import { recall, remember } from "../lib/memory.js";
import { pgettext } from "../lib/messages.js";

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

/** Those of a group's next item among them. @param {ParentNode} root @returns {HTMLDetailsElement[]} */
function examplesIn(root) {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const here = root.querySelectorAll("details.example");
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const templates = root.querySelectorAll("template[data-new]");
  return [...here, ...[...templates].flatMap(({ content }) => examplesIn(content))];
}
