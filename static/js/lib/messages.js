// gettext for the browser. The English in the code is the message; other languages come from
// /<locale>/messages.json, which holds only what the scripts say.

/**
 * @typedef {object} Messages
 * @property {Record<string, string>} messages "id" or "context\u0004id" -> text
 * @property {Record<string, Record<string, string>>} plurals "id" -> CLDR category -> text
 */
/** @typedef {Record<string, string | number>} Values */

const SEPARATOR = "\u0004";

/** @type {Messages} */
let catalogue = { messages: {}, plurals: {} };
/** What was said in English for want of a translation. @type {Set<string>} */
const fellBack = new Set();

/** The page's language tag. */
export function locale() {
  return document.documentElement.dataset.locale ?? "en";
}

/** Read the page language's strings; English needs none, and without them English is shown. */
export async function loadMessages() {
  if (locale() === "en") return;
  try {
    const response = await fetch(`/${locale()}/messages.json`);
    if (response.ok) catalogue = await response.json();
  } catch {
    // Offline before the first snapshot: English, marked as such, is better than nothing.
  }
}

/** @param {string} text @param {Values} [values] */
function filled(text, values) {
  if (!values) return text;
  // As Python's % does it: %% is a percent sign.
  return text.replace(/%%|%\((\w+)\)s/g, (whole, name) => {
    if (whole === "%%") return "%";
    return name in values ? String(values[name]) : whole;
  });
}

/** @param {string | undefined} found @param {string} english @param {Values} [values] */
function said(found, english, values) {
  const text = filled(found ?? english, values);
  if (found === undefined && locale() !== "en") fellBack.add(text);
  return text;
}

/** @param {string} id @param {Values} [values] */
export function gettext(id, values) {
  return said(catalogue.messages[id], id, values);
}

/** @param {string} context @param {string} id @param {Values} [values] */
export function pgettext(context, id, values) {
  return said(catalogue.messages[context + SEPARATOR + id], id, values);
}

/** @param {string} one @param {string} many @param {number} num @param {Values} [values] */
export function ngettext(one, many, num, values) {
  const forms = catalogue.plurals[one];
  const english = num === 1 ? one : many;
  return said(forms?.[category(num)], english, { num: number(num), ...values });
}

/**
 * @param {string} context @param {string} one @param {string} many @param {number} num
 * @param {Values} [values]
 */
export function npgettext(context, one, many, num, values) {
  const forms = catalogue.plurals[context + SEPARATOR + one];
  const english = num === 1 ? one : many;
  return said(forms?.[category(num)], english, { num: number(num), ...values });
}

/** @param {number} num */
function category(num) {
  return new Intl.PluralRules(locale()).select(num);
}

/** A number as the page's language writes it. @param {number} value */
export function number(value) {
  return new Intl.NumberFormat(locale()).format(value);
}

/** Whether this text is English for want of a translation. @param {string} text */
export function isFallback(text) {
  return fellBack.has(text);
}
