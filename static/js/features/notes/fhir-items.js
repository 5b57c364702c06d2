// Turns answers into items of a FHIR QuestionnaireResponse. The link ids are those of hearth_cft/web/site/fhir.py: a
// question's link id is its field's name. In a group, it is the group's link id, a full stop and the field's name.
// Pure functions.
import { day, fits, isNothing, isoDay, words } from "../../answers/values.js";

/** @import { Question } from "../../answers/worksheets.js" */

/** @typedef {{[name: string]: any}} Element a JSON object in FHIR's format */
/** @typedef {(label: string, said: string) => void} Aside receives an answer that no item can hold */

/**
 * Formats that don't depend on the page's language. A clinic's system reads them, or somebody who doesn't know that
 * language.
 */
const SPEECH = {
  slider: String,
  date: isoDay,
  list: (/** @type {string[]} */ labels) => labels.join(", "),
};

/**
 * Build the items of one question.
 *
 * @param {Question} question
 * @param {string} link its link id
 * @param {any} value newest version
 * @param {string | undefined} url canonical name of the questionnaire; only a practice note has none, and no codes
 * @param {Aside} aside
 * @returns {Element[]} one item; several for a repeated group; none if there is no answer or no item can hold it
 */
export function itemsOf(question, link, value, url, aside) {
  if (isNothing(value)) return [];
  const about = { linkId: link, text: clean(question.label) };
  if (question.type === "group" && isListOfObjects(value)) {
    return value
      .map((item) => ({ ...about, item: itemsOfGroupEntry(question, link, item, url, aside) }))
      .filter(({ item }) => item.length);
  }
  const answer = answersOf(question, value, `${url}#${link}`);
  if (answer) return [{ ...about, answer }];
  aside(question.label, saidOf(question, value));
  return [];
}

/**
 * Build the items of one entry of a repeated group.
 *
 * @param {Question} question
 * @param {string} link
 * @param {Record<string, any>} item
 * @param {string | undefined} url
 * @param {Aside} aside
 */
function itemsOfGroupEntry({ label, fields = {} }, link, item, url, aside) {
  for (const [name, value] of Object.entries(item)) {
    if (name === "_id" || Object.hasOwn(fields, name) || isNothing(value)) continue;
    aside(`${label}: ${name}`, plain(value));
  }
  return Object.entries(fields).flatMap(([name, question]) =>
    Object.hasOwn(item, name) ? itemsOf(question, `${link}.${name}`, item[name], url, aside) : [],
  );
}

/**
 * Build the answers to one question.
 *
 * @param {Question} question
 * @param {any} value
 * @param {string} system of its codes
 * @returns {Element[] | undefined} undefined if the question's type can't hold the value
 */
function answersOf(question, value, system) {
  if (question.type === "group" || !fits(question, value)) return undefined;
  const { type, options = [] } = question;
  if (type === "slider") return Number.isInteger(value) ? [{ valueInteger: value }] : undefined;
  if (type === "date") return day(value) && [{ valueDate: value }];
  if (type !== "choice" && type !== "choices") return [{ valueString: clean(value) }];
  const chosen = new Set([value].flat());
  return options
    .filter((option) => chosen.has(option.value))
    .map((option) => ({
      valueCoding: { system, code: codeOf(option.value), display: clean(option.label) },
    }));
}

/**
 * Build the item of an answer whose question isn't known here.
 *
 * @param {string} name
 * @param {any} value
 * @returns {Element[]} one item, or none if there is no answer
 */
export function itemOfUnknown(name, value) {
  if (isNothing(value)) return [];
  const isWhole = Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  const answer = isWhole ? { valueInteger: value } : { valueString: clean(plain(value)) };
  return [{ linkId: name, answer: [answer] }];
}

/**
 * Return an answer as text, with numbers and dates in a format that doesn't depend on the page's language.
 *
 * @param {Question} question
 * @param {any} value
 */
export const saidOf = (question, value) => words(question, value, SPEECH);

/** Return a string as it is, and any other value as JSON. @param {any} value */
export const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/** @param {any} value @returns {value is Record<string, any>[]} */
const isListOfObjects = (value) =>
  Array.isArray(value) &&
  value.every((item) => item !== null && typeof item === "object" && !Array.isArray(item));

/** Return the code of an option, as hearth_cft/web/site/fhir.py writes it. @param {string} value */
const codeOf = (value) => value.split(/\s+/).join(" ");

/**
 * Replace the characters that a FHIR string must not have. White space becomes a space, except tabs and line breaks.
 * Control characters become U+FFFD.
 *
 * @param {string} text
 */
export function clean(text) {
  return text
    .replace(/[^\S \t\r\n]/gu, " ")
    .replace(/(?![\t\r\n])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd");
}
