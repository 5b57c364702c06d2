// What the listener chooses: version, voice, speed, sleep timer. Radios and selects, by name.

/** The value of a choice. @param {Element} page @param {string} name */
export function chosen(page, name) {
  const field = fields(page, name).find((each) => !isRadio(each) || each.checked);
  return field?.value ?? "";
}

/** Choose, where there is such a choice. @param {Element} page @param {string} name @param {string} value */
export function choose(page, name, value) {
  for (const field of fields(page, name)) {
    if (isRadio(field)) field.checked = field.value === value;
    else if (Array.from(field.options, (option) => option.value).includes(value)) {
      field.value = value;
    }
  }
}

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** @param {Element} page @param {string} name @returns {Field[]} */
function fields(page, name) {
  return Array.from(page.querySelectorAll(`select[name="${name}"], input[name="${name}"]`));
}

/** @param {Field} field @returns {field is HTMLInputElement} */
function isRadio(field) {
  return field instanceof HTMLInputElement;
}
