// A field for a PIN or a passphrase: dots unless somebody wants to see what they type.
import { h, say } from "../lib/dom.js";
import { pgettext } from "../lib/messages.js";

/**
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

/** @param {HTMLInputElement} input @param {boolean} isPhrase */
export function prepare(input, isPhrase) {
  const attributes = {
    type: "password",
    // With any other value browsers offer to keep it as a password: on a shared phone that would be the key under
    // the mat.
    autocomplete: "one-time-code",
    autocapitalize: "none",
    spellcheck: "false",
    // Digits of every keyboard are welcome, so there is no pattern here.
    inputmode: isPhrase ? "text" : "numeric",
    dir: isPhrase ? "auto" : "ltr",
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  input.classList.toggle("pin-digits", !isPhrase);
}

/** Shows and hides what is typed. @param {HTMLInputElement[]} inputs */
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
