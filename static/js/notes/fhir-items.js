// Answers as items of a QuestionnaireResponse. The link ids are those of hearth_cft/web/site/fhir.py: a field's name, or the name
// of its group, a full stop and its own. Pure.
import { fits, isNothing, isoDay, words } from "../worksheet/values.js";

/** @import { Question } from "../lib/worksheets.js" */

/** @typedef {{[name: string]: any}} Element a JSON object of FHIR's */
/** @typedef {(label: string, said: string) => void} Aside takes what has no place among the items */

/** Without the page's language: a system reads it, or somebody whose language it isn't. */
const SPEECH = {
  slider: String,
  date: isoDay,
  list: (/** @type {string[]} */ labels) => labels.join(", "),
};

/**
 * @param {Question} question
 * @param {string} link its link id
 * @param {any} value newest version
 * @param {string | undefined} url name of the questionnaire; only one that has it has codes
 * @param {Aside} aside
 * @returns {Element[]} one, several for a repeated group, none without an answer
 */
export function itemsOf(question, link, value, url, aside) {
  if (isNothing(value)) return [];
  const about = { linkId: link, text: clean(question.label) };
  if (question.type === "group" && isListOfObjects(value)) {
    return value
      .map((item) => ({ ...about, item: insideOf(question, link, item, url, aside) }))
      .filter(({ item }) => item.length);
  }
  const answer = answersOf(question, value, `${url}#${link}`);
  if (answer) return [{ ...about, answer }];
  aside(question.label, saidOf(question, value));
  return [];
}

/**
 * One of a repeated group.
 *
 * @param {Question} question
 * @param {string} link
 * @param {Record<string, any>} item
 * @param {string | undefined} url
 * @param {Aside} aside
 */
function insideOf({ label, fields = {} }, link, item, url, aside) {
  for (const [name, value] of Object.entries(item)) {
    if (name === "_id" || Object.hasOwn(fields, name) || isNothing(value)) continue;
    aside(`${label}: ${name}`, plain(value));
  }
  return Object.entries(fields).flatMap(([name, question]) =>
    Object.hasOwn(item, name) ? itemsOf(question, `${link}.${name}`, item[name], url, aside) : [],
  );
}

/**
 * @param {Question} question
 * @param {any} value
 * @param {string} system of its codes
 * @returns {Element[] | undefined} nothing when the question's type can't hold the value
 */
function answersOf(question, value, system) {
  if (question.type === "group" || !fits(question, value)) return undefined;
  const { type, options = [] } = question;
  if (type === "slider") return Number.isInteger(value) ? [{ valueInteger: value }] : undefined;
  if (type === "date") return [{ valueDate: value }];
  if (type !== "choice" && type !== "choices") return [{ valueString: clean(value) }];
  const chosen = new Set([value].flat());
  return options
    .filter((option) => chosen.has(option.value))
    .map((option) => ({
      valueCoding: { system, code: codeOf(option.value), display: clean(option.label) },
    }));
}

/**
 * An answer to a question that isn't known here.
 *
 * @param {string} name
 * @param {any} value
 * @returns {Element[]}
 */
export function itemOfUnknown(name, value) {
  if (isNothing(value)) return [];
  const isWhole = Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  const answer = isWhole ? { valueInteger: value } : { valueString: clean(plain(value)) };
  return [{ linkId: name, answer: [answer] }];
}

/** @param {Question} question @param {any} value */
export const saidOf = (question, value) => words(question, value, SPEECH);

/** @param {any} value */
export const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/** @param {any} value @returns {value is Record<string, any>[]} */
const isListOfObjects = (value) =>
  Array.isArray(value) &&
  value.every((one) => one !== null && typeof one === "object" && !Array.isArray(one));

/** As hearth_cft/web/site/fhir.py writes it. @param {string} value */
const codeOf = (value) => value.split(/\s+/).join(" ");

/**
 * FHIR's strings have no spaces but four kinds, and no control characters.
 * @param {string} text
 */
export function clean(text) {
  return text
    .replace(/[^\S \t\r\n]/gu, " ")
    .replace(/(?![\t\r\n])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd");
}
