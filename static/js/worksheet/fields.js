/** The questions on the page: reads and shows their answers. Templates: components/fields.jinja. */
import { date } from "../lib/dates.js";
import { say } from "../lib/dom.js";
import { gettext, locale, number, pgettext } from "../lib/messages.js";
import { Group } from "./groups.js";
import { isoDay, isNothing, fits, nothing, words } from "./values.js";

/** @import { Question, Speech } from "./values.js" */

/**
 * A question on the page.
 * @typedef {object} Field
 * @property {string} name
 * @property {HTMLElement} element the .field around it
 * @property {Question} question
 * @property {() => any} read
 * @property {(value: any) => void} show null for nothing. A value that the page has no place for stands as it is,
 *   and the question can't be answered: what a newer version wrote is kept
 * @property {() => Field[]} [inner] the questions inside of a repeated group
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
 * The questions in an element, but not those inside of a repeated group there.
 * @param {ParentNode} root
 * @returns {Map<string, Field>}
 */
export function fieldsIn(root) {
  /** @type {NodeListOf<HTMLElement>} */
  const elements = root.querySelectorAll("[data-field]");
  const within = (/** @type {Element} */ element) => element.parentElement?.closest("[data-field]");
  const outer = [...elements].filter((element) => {
    const around = within(element);
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

/** The answer as text, for paper. @param {Field} field */
export function toPaper(field) {
  const inner = field.inner?.();
  inner?.forEach(toPaper);
  // A group's questions stand on paper each for itself.
  onPaper(field, field.read(), inner !== undefined);
}

/** @param {Field} field @param {any} value @param {boolean} [apart] whether the words stand elsewhere */
function onPaper({ element, question }, value, apart = false) {
  element.toggleAttribute("data-filled", !isNothing(value));
  const paper = element.querySelector(":scope > .printed");
  if (paper) paper.textContent = apart ? "" : words(question, value, speech);
}

/** The words of a label or legend. @param {HTMLElement} element */
function labelOf(element) {
  return element.querySelector("label, legend")?.textContent?.trim() ?? "";
}

/**
 * @template {Element} T
 * @param {HTMLElement} element
 * @param {string} selector
 * @returns {T}
 */
function part(element, selector) {
  const found = element.querySelector(selector);
  if (!found) throw new Error(`${element.dataset.field} has no ${selector}`);
  return /** @type {T} */ (/** @type {unknown} */ (found));
}

/** @param {HTMLElement} element @param {Partial<Question>} [more] */
function about(element, more = {}) {
  const { field = "", type = "text" } = element.dataset;
  return { name: field, element, question: { type, label: labelOf(element), ...more } };
}

/**
 * Tells the page that an answer was changed by a button, as if it had been typed.
 * @param {Element} element
 */
export function touched(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLElement} element @returns {Field} */
function textField(element) {
  /** @type {HTMLInputElement} */
  const input = part(element, "input");
  return {
    ...about(element),
    read: () => input.value,
    show: (value) => {
      // Setting the same value would move the caret.
      if (input.value !== value) input.value = value;
    },
  };
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
      if (area.value !== value) area.value = value;
      grow();
    },
  };
}

/**
 * Lets a box grow with its words where the style sheet alone can't (field-sizing).
 * @param {HTMLTextAreaElement} area
 * @returns {() => void} call it when the words have changed
 */
function growing(area) {
  if (CSS.supports("field-sizing", "content")) return () => {};
  const grow = () => {
    area.style.setProperty("block-size", "auto");
    area.style.setProperty("block-size", `${area.scrollHeight + 4}px`);
  };
  area.addEventListener("input", grow);
  let width = 0;
  // A part that wasn't its turn had no size; and narrower words need more lines.
  new ResizeObserver(() => {
    if (area.clientWidth === width) return;
    width = area.clientWidth;
    grow();
  }).observe(area);
  return grow;
}

/** @param {HTMLElement} element @returns {Field} */
function dateField(element) {
  /** @type {HTMLInputElement} */
  const input = part(element, "input");
  const clear = clearButton(element, () => show(""));
  const show = (/** @type {any} */ value) => {
    if (input.value !== value) input.value = value;
    clear(value);
  };
  input.addEventListener("input", () => clear(input.value));
  part(element, "[data-today]").addEventListener("click", () => {
    show(isoDay(new Date()));
    touched(input);
  });
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

/** @param {HTMLElement} element */
function picksOf(element) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const found = element.querySelectorAll("input");
  const inputs = [...found];
  const options = inputs.map((input) => ({
    value: input.value,
    // Not input.labels: it is empty while the question isn't on the page yet.
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
  let set = false;
  const read = () => (set ? Number(range.value) : null);
  const clear = clearButton(element, () => show(null));
  const show = (/** @type {number | null} */ value) => {
    set = value !== null;
    range.value = String(value ?? min);
    draw();
  };
  const draw = () => {
    const value = read();
    range.toggleAttribute("data-unset", value === null);
    range.style.setProperty("--at", String(((value ?? min) - min) / (max - min)));
    const said =
      value === null
        ? pgettext("value of a slider that was not moved", "Not set")
        : speech.slider(value, max);
    range.setAttribute("aria-valuetext", said);
    say(output, said);
    clear(value);
  };
  const take = () => {
    set = true;
    draw();
  };
  range.addEventListener("input", take);
  // The lowest value is chosen by a tap, Home or Enter there: the thumb doesn't move, so nothing else tells.
  const takeLowest = () => {
    if (set) return;
    take();
    touched(range);
  };
  range.addEventListener("click", takeLowest);
  range.addEventListener("keydown", ({ key }) => {
    if (["Enter", " ", "Home", "PageDown", "ArrowDown"].includes(key)) takeLowest();
  });
  return { ...about(element, { min, max }), read, show };
}

/** @param {HTMLElement} element @returns {Field} */
function groupField(element) {
  const group = new Group(element, fieldsIn);
  return { ...about(element, { fields: group.questions() }), ...group.asField() };
}

/**
 * The button that empties an answer: there while there is one.
 * @param {HTMLElement} element
 * @param {() => void} empty
 * @returns {(value: any) => void}
 */
function clearButton(element, empty) {
  const button = element.querySelector("[data-clear]");
  if (!(button instanceof HTMLButtonElement)) return () => {};
  button.addEventListener("click", () => {
    empty();
    // The button goes away: the keyboard stays with the question.
    element.querySelector("input")?.focus();
    // Not from the input: to a slider that would mean that it was moved.
    touched(element);
  });
  return (value) => {
    button.hidden = value === null || value === "";
  };
}
