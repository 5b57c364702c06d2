// The form fields for choosing what to save: voice, length, languages.
import { size } from "../../platform/dates.js";
import { details } from "../../platform/details.js";
import { h } from "../../platform/dom.js";
import { gettext, ngettext, pgettext } from "../../platform/i18n.js";
import { hasLengths, voicesOf } from "../../downloads/selection.js";

/** @typedef {import("../../downloads/selection.js").Choice} Choice */
/** @typedef {import("../../downloads/library.js").Library} Library */

/** The value of the radio button for all voices. */
const EVERY = "*";

/**
 * Build the fields. A field with only one option is left out.
 * @param {Library} library
 * @param {Choice} choice the current choice
 * @param {(choice: Choice) => void} changed called with the new choice
 */
export function choiceFields(library, choice, changed) {
  const voices = voicesOf(library);
  let current = choice;
  const update = (/** @type {Partial<Choice>} */ changes) =>
    changed((current = { ...current, ...changes }));
  const parts = [];
  if (voices.length > 1) {
    const options = voices.map(({ voice, name }) => ({ value: voice, text: name }));
    const all =
      voices.length === 2
        ? pgettext("choice of voices to save, for two", "Both")
        : pgettext("choice of voices to save, for three or more", "All");
    options.push({ value: EVERY, text: all });
    const value = choice.every ? EVERY : choice.voice;
    const onchange = (/** @type {string} */ voice) =>
      update(voice === EVERY ? { every: true } : { every: false, voice });
    const legend = pgettext("choice of voices to save", "In which voice");
    parts.push(radios("keep-voice", legend, options, value, onchange));
  }
  if (hasLengths(library)) {
    const options = [
      { value: "all", text: pgettext("choice of lengths to save", "Full and short") },
      { value: "short", text: pgettext("choice of lengths to save", "Short only") },
    ];
    const legend = pgettext("choice of lengths to save", "How long");
    const onchange = (/** @type {string} */ value) => update({ short: value === "short" });
    parts.push(radios("keep-length", legend, options, choice.short ? "short" : "all", onchange));
  }
  if (library.others.length) {
    parts.push(
      languages(
        library,
        choice,
        (/** @type {string} */ locale, /** @type {boolean} */ isChosen) => {
          const rest = current.others.filter((other) => other !== locale);
          update({ others: isChosen ? [...rest, locale] : rest });
        },
      ),
    );
  }
  return parts;
}

/**
 * Build a group of radio buttons.
 * @param {string} name
 * @param {string} legend
 * @param {{value: string, text: string}[]} options
 * @param {string} chosen
 * @param {(value: string) => void} onchange
 */
function radios(name, legend, options, chosen, onchange) {
  const labels = options.map(({ value, text }) =>
    h(
      "label",
      {},
      h("input", {
        type: "radio",
        name,
        value,
        checked: value === chosen,
        onchange: () => onchange(value),
      }),
      h("span", { text, dir: "auto" }),
    ),
  );
  return h(
    "fieldset",
    { class: "setting" },
    h("legend", { text: legend }),
    h("div", { class: "seg" }, ...labels),
  );
}

/**
 * Build a checkbox for each further language.
 * @param {Library} library
 * @param {Choice} choice
 * @param {(locale: string, isChosen: boolean) => void} onchange
 */
function languages({ others }, choice, onchange) {
  const boxes = others.map(({ locale, name, recordings }) => {
    const files = recordings.flatMap((recording) => recording.files);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const id = `keep-${locale}`;
    return h(
      "div",
      { class: "nhsuk-checkboxes__item" },
      h("input", {
        class: "nhsuk-checkboxes__input",
        type: "checkbox",
        id,
        checked: choice.others.includes(locale),
        onchange: (/** @type {Event} */ { target }) =>
          onchange(locale, /** @type {HTMLInputElement} */ (target).checked),
      }),
      h(
        "label",
        { class: "nhsuk-label nhsuk-checkboxes__label", for: id },
        h("span", { lang: locale, dir: "auto", text: name }),
        h("small", {
          class: "kept-size",
          text: ngettext(
            "%(num)s recording, %(size)s",
            "%(num)s recordings, %(size)s",
            files.length,
            {
              size: size(bytes),
            },
          ),
        }),
      ),
    );
  });
  const title = gettext("Other languages too");
  const open = choice.others.length > 0;
  return details({ title, kind: "nhsuk-checkboxes", open }, ...boxes);
}
