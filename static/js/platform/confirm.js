// Asks for confirmation before something is removed from the phone.
import { h } from "./dom.js";
import { pgettext } from "./i18n.js";

/**
 * Show the question in a modal dialog and wait for the answer. Afterwards the focus returns to where it was.
 * @param {{title: string, texts: string[], yes: string}} question `yes` is the label of the button that agrees
 * @param {AbortSignal} signal closes the dialog; this counts as "no"
 * @returns {Promise<boolean>} true if the reader agreed
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
