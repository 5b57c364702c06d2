// Creates a disclosure: a summary with content that the reader can expand.
import { h } from "./dom.js";

/**
 * @param {{title: string, kind?: string, open?: boolean}} about `kind` is a CSS class for the content
 * @param {...(Node | string)} content
 */
export function details({ title, kind = "stack", open = false }, ...content) {
  const text = h("span", { class: "nhsuk-details__summary-text", text: title });
  return h(
    "details",
    { class: "nhsuk-details", open },
    h("summary", { class: "nhsuk-details__summary" }, text),
    h("div", { class: `nhsuk-details__text ${kind}` }, ...content),
  );
}
