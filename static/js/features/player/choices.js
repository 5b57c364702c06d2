// Reads and sets the listener's choices: version, voice, speed, sleep timer. Each is a group of radio
// buttons or a select, and is found by its name.

/** Return the selected value, or "" if the page has no such choice. @param {Element} page @param {string} name */
export function chosen(page, name) {
  const field = fields(page, name).find((candidate) => !isRadio(candidate) || candidate.checked);
  return field?.value ?? "";
}

/**
 * Select a value. Do nothing if the page doesn't offer it.
 * @param {Element} page
 * @param {string} name
 * @param {string} value
 */
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
