// Creates a field for a PIN or a passphrase. It shows dots unless the reader wants to see what they type.
import { h, say } from "../platform/dom.js";
import { pgettext } from "../platform/i18n.js";

/**
 * Create the field with its label and its "Show" button.
 * @param {{id: string, label: string, isPhrase: boolean}} about
 */
export function pinField({ id, label, isPhrase }) {
  const input = h("input", { id, name: id, class: "nhsuk-input" });
  prepare(input, isPhrase);
  const element = h(
    "div",
    { class: "nhsuk-form-group" },
    h("label", { class: "nhsuk-label", for: id, text: label }),
    h("div", { class: "pin" }, input, peekButton([input])),
  );
  return {
    element,
    input,
    get value() {
      return input.value;
    },
    focus: () => input.focus(),
  };
}

/** Make an input a field for a PIN. @param {HTMLInputElement} input @param {boolean} isPhrase */
export function prepare(input, isPhrase) {
  const attributes = {
    type: "password",
    // With any other value, browsers offer to save the PIN as a password. On a shared phone, anybody could then use it.
    autocomplete: "one-time-code",
    autocapitalize: "none",
    spellcheck: "false",
    // Don't set a pattern: digits in every script are accepted.
    inputmode: isPhrase ? "text" : "numeric",
    dir: isPhrase ? "auto" : "ltr",
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  input.classList.toggle("pin-digits", !isPhrase);
}

/** Create the button that shows and hides what is typed. @param {HTMLInputElement[]} inputs */
export function peekButton(inputs) {
  const show = pgettext("button beside a field for a PIN", "Show");
  const hide = pgettext("button beside a field for a PIN", "Hide");
  const button = h("button", {
    type: "button",
    class: "link",
    text: show,
    "aria-controls": inputs.map(({ id }) => id).join(" "),
    onclick: () => {
      const isShown = inputs[0].type === "text";
      for (const input of inputs) input.type = isShown ? "password" : "text";
      say(button, isShown ? show : hide);
    },
  });
  return button;
}
