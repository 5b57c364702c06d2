// gettext for the browser. The English text in the code is the message id. Translations come from
// /<locale>/messages.json. A component that is only on some pages has its own messages/<component>.json. These files
// contain only the messages of those scripts.
import { fetchJson } from "./fetch-json.js";

/**
 * @typedef {object} Messages
 * @property {Record<string, string>} messages "id" or "context\u0004id" -> text
 * @property {Record<string, Record<string, string>>} plurals "id" -> CLDR category -> text
 */
/** @typedef {Record<string, string | number>} Values */

const SEPARATOR = "\u0004";

/** @type {Messages} */
const catalogue = { messages: {}, plurals: {} };
/** Texts that were returned in English because a translation is missing. @type {Set<string>} */
const fallbacks = new Set();

/** Return the page's language tag. */
export function locale() {
  return document.documentElement.dataset.locale ?? "en";
}

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Load the translations for the page's language, once. English needs none. If they can't be loaded, because the phone
 * is offline and has no snapshot yet, the texts stay English and are marked as English.
 *
 * @param {string} [component] a component that has its own translations; without it, load those of all pages
 */
export function loadMessages(component = "") {
  if (locale() === "en") return Promise.resolve();
  const loaded = loading.get(component) ?? fetchMessages(component);
  loading.set(component, loaded);
  // The next call tries again.
  return loaded.catch(() => void loading.delete(component));
}

/** @param {string} component */
async function fetchMessages(component) {
  const part = component && `/${component}`;
  const { messages, plurals } = await fetchJson(`/${locale()}/messages${part}.json`);
  Object.assign(catalogue.messages, messages);
  Object.assign(catalogue.plurals, plurals);
}

/** Replace the placeholders in a text. @param {string} text @param {Values} [values] */
function fill(text, values) {
  if (!values) return text;
  // Follow Python's % formatting: %% is a percent sign.
  return text.replace(/%%|%\((\w+)\)s/g, (placeholder, name) => {
    if (placeholder === "%%") return "%";
    return name in values ? String(values[name]) : placeholder;
  });
}

/**
 * Return the translation, or the English text if there is none.
 * @param {string | undefined} translation
 * @param {string} english
 * @param {Values} [values]
 */
function translated(translation, english, values) {
  const text = fill(translation ?? english, values);
  if (translation === undefined && locale() !== "en") fallbacks.add(text);
  return text;
}

/** @param {string} id @param {Values} [values] */
export function gettext(id, values) {
  return translated(catalogue.messages[id], id, values);
}

/** @param {string} context @param {string} id @param {Values} [values] */
export function pgettext(context, id, values) {
  return translated(catalogue.messages[context + SEPARATOR + id], id, values);
}

/** @param {string} singular @param {string} plural @param {number} num @param {Values} [values] */
export function ngettext(singular, plural, num, values) {
  const forms = catalogue.plurals[singular];
  const english = num === 1 ? singular : plural;
  return translated(forms?.[category(num)], english, { num: number(num), ...values });
}

/**
 * @param {string} context @param {string} singular @param {string} plural @param {number} num
 * @param {Values} [values]
 */
export function npgettext(context, singular, plural, num, values) {
  const forms = catalogue.plurals[context + SEPARATOR + singular];
  const english = num === 1 ? singular : plural;
  return translated(forms?.[category(num)], english, { num: number(num), ...values });
}

/** Return the CLDR plural category of a number. @param {number} num */
function category(num) {
  return new Intl.PluralRules(locale()).select(num);
}

/** Format a number in the page's language. @param {number} value */
export function number(value) {
  return new Intl.NumberFormat(locale()).format(value);
}

/** Return whether this text is English because a translation is missing. @param {string} text */
export function isFallback(text) {
  return fallbacks.has(text);
}

/** Return the name of a language in the page's language, or its tag if the browser has no name. @param {string} tag */
export function languageName(tag) {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
