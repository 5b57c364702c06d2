// A question before something is taken off the phone.
import { h } from "./dom.js";
import { pgettext } from "./messages.js";

/**
 * Ask, and wait for the answer. The keyboard goes back to where it was.
 * @param {{title: string, texts: string[], yes: string}} question
 * @param {AbortSignal} signal closes it
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, texts, yes }, signal) {
  return new Promise((resolve) => {
    const dialog = h(
      "dialog",
      { class: "dialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
      h("h2", { id: "confirm-title", text: title, tabindex: "-1", autofocus: true }),
      h("div", { id: "confirm-text" }, ...texts.map((text) => h("p", { text }))),
    );
    const close = (/** @type {string} */ answer) => () => dialog.close(answer);
    dialog.append(
      h(
        "p",
        { class: "buttons" },
        h("button", {
          type: "button",
          class: "nhsuk-button nhsuk-button--warning",
          text: yes,
          onclick: close("yes"),
        }),
        h("button", {
          type: "button",
          class: "nhsuk-button nhsuk-button--secondary",
          text: pgettext("button", "Keep it"),
          onclick: close(""),
        }),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    signal.addEventListener("abort", close(""));
    document.body.append(dialog);
    dialog.showModal();
  });
}
