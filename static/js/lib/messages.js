// gettext for the browser. The English in the code is the message; other languages come from
// /<locale>/messages.json and, for a component that not every page has, messages/<component>.json. They
// hold only what those scripts say.

/**
 * @typedef {object} Messages
 * @property {Record<string, string>} messages "id" or "context\u0004id" -> text
 * @property {Record<string, Record<string, string>>} plurals "id" -> CLDR category -> text
 */
/** @typedef {Record<string, string | number>} Values */

const SEPARATOR = "\u0004";

/** @type {Messages} */
const catalogue = { messages: {}, plurals: {} };
/** What was said in English for want of a translation. @type {Set<string>} */
const fellBack = new Set();

/** The page's language tag. */
export function locale() {
  return document.documentElement.dataset.locale ?? "en";
}

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Read the page language's strings, once; English needs none, and without them English is shown.
 *
 * @param {string} [component] those of a component that not every page has; without it, those of all pages
 */
export function loadMessages(component = "") {
  if (locale() === "en") return Promise.resolve();
  const begun = loading.get(component) ?? fetchMessages(component);
  loading.set(component, begun);
  return begun;
}

/** @param {string} component */
async function fetchMessages(component) {
  try {
    const part = component && `/${component}`;
    const response = await fetch(`/${locale()}/messages${part}.json`);
    if (!response.ok) return;
    const { messages, plurals } = await response.json();
    Object.assign(catalogue.messages, messages);
    Object.assign(catalogue.plurals, plurals);
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
