// Every worksheet's questions, for whatever reads answers outside of their page: fetched once, and only when asked for.
import { locale } from "./messages.js";

/** @import { Question as Answered } from "../worksheet/values.js" */

/**
 * A question, as values.js takes it.
 * @typedef {Answered & {
 *   name: string, hint?: string, step?: number, low?: string, high?: string, lang?: string,
 *   circle?: string, role?: string, item?: string, fields?: Record<string, Question>}} Question
 *   `lang` where the label is English for want of a translation; `role` is "day", "trigger", "before" or "after"
 *
 * @typedef {object} Sheet one revision of a worksheet
 * @property {string} slug
 * @property {string} title
 * @property {string} [lang]
 * @property {number} revision
 * @property {string} canonical name of its questionnaire, for clinics' systems
 * @property {{name: string, title: string, system?: string, lang?: string, questions: Map<string, Question>}[]} sections
 * @property {Map<string, Question>} questions all of them by name, in the order of the page
 *
 * @typedef {Omit<Question, "fields"> & {fields?: Told[]}} Told a question as the server writes it
 * @typedef {{name: string, title: string, system?: string, lang?: string, fields: Told[]}} ToldSection
 * @typedef {{slug: string, title: string, lang?: string, revision: number, canonical: string,
 *   sections: ToldSection[]}} ToldSheet
 */

/** @type {Promise<Worksheets> | undefined} */
let loading;

/**
 * @returns {Promise<Worksheets>} the same one at every call; after a failure the next call tries again
 * @throws {TypeError} neither the server nor this phone has it
 */
export function loadWorksheets() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load() {
  const path = `/${locale()}/worksheets.json`;
  const answer = await fetch(path);
  if (!answer.ok) throw new TypeError(`${path} can't be had: ${answer.status}`);
  return new Worksheets(await answer.json());
}

export class Worksheets {
  /** The revisions that are on the pages now, in the service's order. @type {Sheet[]} */
  current;
  /** @type {Map<string, Sheet>} */
  #all;

  /** @param {{worksheets: ToldSheet[], earlier?: ToldSheet[]}} told */
  constructor({ worksheets, earlier = [] }) {
    this.current = worksheets.map(sheet);
    const all = [...earlier.map(sheet), ...this.current];
    this.#all = new Map(all.map((one) => [key(one.slug, one.revision), one]));
  }

  /**
   * @param {string | undefined} slug
   * @param {number} [revision] the current one when left out
   * @returns {Sheet | undefined} nothing where this version knows no such worksheet
   */
  sheetOf(slug, revision) {
    if (revision === undefined) return this.current.find((one) => one.slug === slug);
    return this.#all.get(key(slug, revision));
  }

  /**
   * @param {string | undefined} slug
   * @param {number} [revision]
   * @returns {Map<string, Question> | undefined} by name, in the order of the page
   */
  questionsOf(slug, revision) {
    return this.sheetOf(slug, revision)?.questions;
  }
}

/** @param {string | undefined} slug @param {number} revision */
const key = (slug, revision) => `${slug} ${revision}`;

/** @param {ToldSheet} told @returns {Sheet} */
function sheet({ sections, ...about }) {
  const parts = sections.map(({ fields, ...section }) => ({
    ...section,
    questions: new Map(fields.map((told) => [told.name, question(told)])),
  }));
  const questions = new Map(parts.flatMap((part) => [...part.questions]));
  return { ...about, sections: parts, questions };
}

/** @param {Told} told @returns {Question} */
function question({ fields, ...about }) {
  if (!fields) return about;
  return { ...about, fields: Object.fromEntries(fields.map((one) => [one.name, question(one)])) };
}
