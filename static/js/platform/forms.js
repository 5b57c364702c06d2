// Shows the mistakes in a form in the nhsuk style: an error summary that takes the focus, and a message at each field.
import { pgettext } from "./i18n.js";
import { h, say } from "./dom.js";

/** @typedef {{text: string, field?: string, details?: string}} Fault `field`: id of the wrong field */

/**
 * Show these faults in place of the ones shown before.
 * @param {HTMLElement} view the element that contains the form
 * @param {Fault[]} faults
 */
export function showFaults(view, faults) {
  clearFaults(view);
  const summary = summarise(view, faults);
  view.prepend(summary);
  for (const fault of faults) if (fault.field) markField(view, fault.field, fault.text);
  summary.focus();
}

/** @param {HTMLElement} view */
export function clearFaults(view) {
  view
    .querySelectorAll(".nhsuk-error-summary, .nhsuk-error-message")
    .forEach((element) => element.remove());
  view.querySelectorAll(".nhsuk-form-group--error").forEach((group) => {
    group.classList.remove("nhsuk-form-group--error");
  });
  view.querySelectorAll("[aria-invalid]").forEach((field) => {
    field.removeAttribute("aria-invalid");
    describe(field, errorId(field.id), false);
  });
}

/** Create the error summary. @param {HTMLElement} view @param {Fault[]} faults */
function summarise(view, faults) {
  const template = document.querySelector('template[data-part="errors"]');
  const copy = /** @type {HTMLTemplateElement} */ (template).content.cloneNode(true);
  const summary = /** @type {HTMLElement} */ (
    /** @type {DocumentFragment} */ (copy).firstElementChild
  );
  summary.tabIndex = -1;
  summary.removeAttribute("data-module");
  summary.querySelector("ul")?.replaceChildren(...faults.map((fault) => item(view, fault)));
  return summary;
}

/** Create one item of the summary's list. @param {HTMLElement} view @param {Fault} fault */
function item(view, { text, field, details }) {
  if (!field) return h("li", {}, h("span", { text }), ...smallPrint(details));
  const focusField = (/** @type {Event} */ event) => {
    // Don't follow the link: it would change the address and add an entry to the history.
    event.preventDefault();
    const target = view.querySelector(`#${CSS.escape(field)}`);
    if (target instanceof HTMLElement) target.focus();
  };
  return h(
    "li",
    {},
    h("a", { href: `#${field}`, text, onclick: focusField }),
    ...smallPrint(details),
  );
}

/** @param {string} [details] */
const smallPrint = (details) => (details ? [h("br"), h("small", { text: details })] : []);

/** Show the message at the field. @param {HTMLElement} view @param {string} id @param {string} text */
function markField(view, id, text) {
  const field = view.querySelector(`#${CSS.escape(id)}`);
  const group = field?.closest(".nhsuk-form-group");
  if (!field || !group) return;
  group.classList.add("nhsuk-form-group--error");
  const message = h("span", { class: "nhsuk-error-message", id: errorId(id) });
  message.append(
    h("span", {
      class: "sr",
      text: pgettext("said before a mistake in a form, to screen readers", "Error:"),
    }),
    " ",
    say(h("span"), text),
  );
  const box = field.closest(".nhsuk-checkboxes") ?? field;
  box.before(message);
  field.setAttribute("aria-invalid", "true");
  describe(field, message.id, true);
}

/** @param {string} id */
const errorId = (id) => `${id}-error`;

/**
 * Add an id to the field's `aria-describedby`, or remove it.
 * @param {Element} field
 * @param {string} id
 * @param {boolean} isAdded
 */
function describe(field, id, isAdded) {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  const others = ids.filter((other) => other !== id);
  const all = isAdded ? [...others, id] : others;
  if (all.length) field.setAttribute("aria-describedby", all.join(" "));
  else field.removeAttribute("aria-describedby");
}
