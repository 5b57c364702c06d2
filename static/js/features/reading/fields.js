// The fields of the reading settings: which choice each makes, and which choices they allow.

/** @import { Choices } from "../../platform/reading-choices.js" */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** Return a form's fields that have a name. @param {ParentNode} form @returns {Field[]} */
export function fieldsIn(form) {
  return Array.from(form.querySelectorAll("input[name], select[name]"));
}

/** Return the choice that a field makes: "" is the usual one. @param {Field} field */
export function valueOf(field) {
  if (field.type === "checkbox")
    return /** @type {HTMLInputElement} */ (field).checked ? field.value : "";
  if (field.type !== "range") return field.value;
  const { defaultValue, value, dataset } = /** @type {HTMLInputElement} */ (field);
  return Number(value) === Number(defaultValue) ? "" : value + (dataset.unit ?? "");
}

/** Show a choice in its field. @param {Field} field @param {string | undefined} value undefined for the usual one */
export function showIn(field, value) {
  const input = /** @type {HTMLInputElement} */ (field);
  if (field.type === "radio" || field.type === "checkbox") {
    input.checked = input.value === (value ?? "");
  } else if (field.type === "range") {
    input.value = value === undefined ? input.defaultValue : String(parseFloat(value));
  } else if (value !== undefined || field.type === "select-one") field.value = value ?? "";
}

/**
 * Return those of somebody's choices that the form allows: a link may hold anything.
 * @param {ParentNode} form @param {Choices} choices @returns {Choices}
 */
export function allowed(form, choices) {
  const fields = fieldsIn(form);
  return Object.fromEntries(
    Object.entries(choices).filter(([name, value]) =>
      fields.some((field) => field.name === name && allows(field, value)),
    ),
  );
}

/** @param {Field} field @param {string} value */
function allows(field, value) {
  if (field.type === "color") return /^#[0-9a-f]{6}$/.test(value);
  if (field.type === "select-one") return false; // It lists voices of this device.
  if (field.type !== "range") return field.value === value && value !== "";
  const { min, max, dataset } = /** @type {HTMLInputElement} */ (field);
  const unit = dataset.unit ?? "";
  const number = value.slice(0, value.length - unit.length);
  const isNumber = value.endsWith(unit) && /^\d+(\.\d+)?$/.test(number);
  return isNumber && Number(number) >= Number(min) && Number(number) <= Number(max);
}
