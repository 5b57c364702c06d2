/** The questions on the page: read their answers and show answers in them. Templates: components/fields.jinja. */
import { date } from "../platform/dates.js";
import { say } from "../platform/dom.js";
import { gettext, locale, number, pgettext } from "../platform/i18n.js";
import { Group } from "./groups.js";
import { isoDay, isNothing, fits, nothing, words } from "./values.js";
import { growing } from "./growing.js";
import { askYear } from "./year-question.js";

/** @import { Question, Speech } from "./values.js" */

/**
 * A question on the page.
 * @typedef {object} Field
 * @property {string} name
 * @property {HTMLElement} element the .field element around the question
 * @property {Question} question
 * @property {() => any} read
 * @property {(value: any) => void} show null empties the question. A value that the page can't show, written by a newer
 *   version, appears as text. The question then can't be answered, so that the value is not lost.
 * @property {() => Field[]} [inner] the questions inside a repeated group
 */

/** @type {Speech} */
export const speech = {
  slider: (value, max) =>
    gettext("%(value)s of %(max)s", { value: number(value), max: number(max) }),
  date,
  list: (labels) => new Intl.ListFormat(locale(), { type: "unit" }).format(labels),
};

/** @type {Record<string, (element: HTMLElement) => Field>} */
const KINDS = {
  text: textField,
  long: longField,
  slider: sliderField,
  choice: choiceField,
  choices: choicesField,
  date: dateField,
  group: groupField,
};

/**
 * Return the questions in an element by name, without those inside a repeated group.
 * @param {ParentNode} root
 * @returns {Map<string, Field>}
 */
export function fieldsIn(root) {
  /** @type {NodeListOf<HTMLElement>} */
  const elements = root.querySelectorAll("[data-field]");
  const fieldAround = (/** @type {Element} */ element) =>
    element.parentElement?.closest("[data-field]");
  const outer = [...elements].filter((element) => {
    const around = fieldAround(element);
    return !around || !root.contains(around) || around === root;
  });
  return new Map(outer.map((element) => [element.dataset.field ?? "", makeField(element)]));
}

/** @param {HTMLElement} element */
function makeField(element) {
  const make = KINDS[element.dataset.type ?? ""] ?? textField;
  const field = make(element);
  return { ...field, show: (/** @type {any} */ value) => showIn(field, value) };
}

/** @param {Field} field @param {any} value */
function showIn(field, value) {
  const { element, question } = field;
  const fitting = fits(question, value);
  element.toggleAttribute("data-newer", !fitting);
  field.show(fitting && value !== null ? value : nothing(question.type));
  if (fitting) toPaper(field);
  else onPaper(field, value);
}

/** Write the answer as text into the element that is shown in print. @param {Field} field */
export function toPaper(field) {
  const inner = field.inner?.();
  inner?.forEach(toPaper);
  // In print, each question of a group shows its own answer.
  onPaper(field, field.read(), inner !== undefined);
}

/** @param {Field} field @param {any} value @param {boolean} [isElsewhere] whether other elements show the text */
function onPaper({ element, question }, value, isElsewhere = false) {
  element.toggleAttribute("data-filled", !isNothing(value));
  const paper = element.querySelector(":scope > .printed");
  if (paper) paper.textContent = isElsewhere ? "" : words(question, value, speech);
}

/** Return the text of the question's label or legend. @param {HTMLElement} element */
function labelOf(element) {
  return element.querySelector("label, legend")?.textContent?.trim() ?? "";
}

/**
 * Return the element that matches. Throw an Error if there is none.
 * @template {Element} T
 * @param {HTMLElement} element
 * @param {string} selector
 * @returns {T}
 */
function part(element, selector) {
  const match = element.querySelector(selector);
  if (!match) throw new Error(`${element.dataset.field} has no ${selector}`);
  return /** @type {T} */ (/** @type {unknown} */ (match));
}

/** Return what fields of every type have. @param {HTMLElement} element @param {Partial<Question>} [more] */
function about(element, more = {}) {
  const { field = "", type = "text" } = element.dataset;
  return { name: field, element, question: { type, label: labelOf(element), ...more } };
}

/**
 * Dispatch an input event after a button has changed an answer, as if the reader had typed it.
 * @param {Element} element
 */
export function touched(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * One line of text, which wraps and grows if it is longer than the field is wide.
 * @param {HTMLElement} element
 * @returns {Field}
 */
function textField(element) {
  const field = longField(element);
  /** @type {HTMLTextAreaElement} */
  const area = part(element, "textarea");
  area.addEventListener("keydown", (event) => {
    // While a word is being composed, Enter ends it.
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
  // Pasted text may have several lines.
  area.addEventListener("input", () => {
    if (area.value.includes("\n")) area.value = area.value.replace(/\s*\n\s*/g, " ");
  });
  return field;
}

/** @param {HTMLElement} element @returns {Field} */
function longField(element) {
  /** @type {HTMLTextAreaElement} */
  const area = part(element, "textarea");
  const grow = growing(area);
  return {
    ...about(element),
    read: () => area.value,
    show: (value) => {
      // Setting the same value would move the caret.
      if (area.value !== value) area.value = value;
      grow();
    },
  };
}

/** @param {HTMLElement} element @returns {Field} */
function dateField(element) {
  /** @type {HTMLInputElement} */
  const input = part(element, "input");
  const clear = clearButton(element, () => show(""));
  const show = (/** @type {any} */ value) => {
    if (input.value !== value) input.value = value;
    clear(value);
    ask();
  };
  const change = (/** @type {string} */ value) => {
    show(value);
    touched(input);
  };
  const ask = askYear(part(element, "[data-year]"), input, change);
  input.addEventListener("input", () => clear(input.value));
  part(element, "[data-today]").addEventListener("click", () => change(isoDay(new Date())));
  return { ...about(element), read: () => input.value, show };
}

/** @param {HTMLElement} element @returns {Field} */
function choiceField(element) {
  const { inputs, options } = picksOf(element);
  const read = () => inputs.find(({ checked }) => checked)?.value ?? null;
  const clear = clearButton(element, () => show(null));
  const show = (/** @type {any} */ value) => {
    for (const input of inputs) input.checked = input.value === value;
    clear(value);
  };
  element.addEventListener("change", () => clear(read()));
  return { ...about(element, { options }), read, show };
}

/** @param {HTMLElement} element @returns {Field} */
function choicesField(element) {
  const { inputs, options } = picksOf(element);
  return {
    ...about(element, { options }),
    read: () => inputs.filter(({ checked }) => checked).map(({ value }) => value),
    show: (value) => {
      for (const input of inputs) input.checked = value.includes(input.value);
    },
  };
}

/** Return the radio buttons or checkboxes of a question, and their options. @param {HTMLElement} element */
function picksOf(element) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const nodes = element.querySelectorAll("input");
  const inputs = [...nodes];
  const options = inputs.map((input) => ({
    value: input.value,
    // Not input.labels: it is empty until the question is in the document.
    label: input.parentElement?.querySelector("label")?.textContent?.trim() ?? input.value,
  }));
  return { inputs, options };
}

/** @param {HTMLElement} element @returns {Field} */
function sliderField(element) {
  /** @type {HTMLInputElement} */
  const range = part(element, ".range");
  /** @type {HTMLOutputElement} */
  const output = part(element, "output");
  const [min, max] = [Number(range.min), Number(range.max)];
  let isSet = false;
  const read = () => (isSet ? Number(range.value) : null);
  const clear = clearButton(element, () => show(null));
  const show = (/** @type {number | null} */ value) => {
    isSet = value !== null;
    range.value = String(value ?? min);
    draw();
  };
  const draw = () => {
    const value = read();
    range.toggleAttribute("data-unset", value === null);
    range.style.setProperty("--at", String(((value ?? min) - min) / (max - min)));
    const text =
      value === null
        ? pgettext("value of a slider that was not moved", "Not set")
        : speech.slider(value, max);
    range.setAttribute("aria-valuetext", text);
    say(output, text);
    clear(value);
  };
  const markSet = () => {
    isSet = true;
    draw();
  };
  range.addEventListener("input", markSet);
  // A slider without a value already stands at the lowest value. A tap, Home or Enter there chooses that value but
  // doesn't move the thumb, so the browser dispatches no input event.
  const chooseLowest = () => {
    if (isSet) return;
    markSet();
    touched(range);
  };
  range.addEventListener("click", chooseLowest);
  range.addEventListener("keydown", ({ key }) => {
    if (["Enter", " ", "Home", "PageDown", "ArrowDown"].includes(key)) chooseLowest();
  });
  return { ...about(element, { min, max }), read, show };
}

/** @param {HTMLElement} element @returns {Field} */
function groupField(element) {
  const group = new Group(element, fieldsIn);
  return { ...about(element, { fields: group.questions() }), ...group.asField() };
}

/**
 * Set up the button that clears an answer. It is visible only while there is an answer.
 * @param {HTMLElement} element
 * @param {() => void} empty
 * @returns {(value: any) => void} call it after the answer has changed
 */
function clearButton(element, empty) {
  const button = element.querySelector("[data-clear]");
  if (!(button instanceof HTMLButtonElement)) return () => {};
  button.addEventListener("click", () => {
    empty();
    // The button disappears, so move the focus to the question.
    element.querySelector("input")?.focus();
    // Don't dispatch this from the input: a slider would treat it as a move.
    touched(element);
  });
  return (value) => {
    button.hidden = value === null || value === "";
  };
}
