// Loads the questions of all worksheets, for modules that show answers outside the worksheet's own page. The data is
// fetched once, when it is first needed.
import { fetchJson } from "../platform/fetch-json.js";
import { locale } from "../platform/i18n.js";
import { once } from "../platform/once.js";

/** @import { Question as Answered } from "./values.js" */

/**
 * A question, in the form that answers/values.js expects.
 * @typedef {Answered & {
 *   name: string, hint?: string, step?: number, low?: string, high?: string, lang?: string,
 *   circle?: string, role?: string, item?: string, fields?: Record<string, Question>}} Question
 *   `lang` is set if the label is English because a translation is missing; `role` is "day", "trigger", "before",
 *   "after" or "step"
 *
 * @typedef {object} WorksheetRevision one revision of a worksheet
 * @property {string} slug
 * @property {string} title
 * @property {string} [lang]
 * @property {number} revision
 * @property {string} canonical name of its questionnaire, for the systems of clinics
 * @property {{name: string, title: string, system?: string, lang?: string, questions: Map<string, Question>}[]} sections
 * @property {Map<string, Question>} questions of all sections by name, in the order of the page
 *
 * @typedef {Omit<Question, "fields"> & {fields?: RawQuestion[]}} RawQuestion a question as the server sends it
 * @typedef {{name: string, title: string, system?: string, lang?: string, fields: RawQuestion[]}} RawSection
 * @typedef {{slug: string, title: string, lang?: string, revision: number, canonical: string,
 *   sections: RawSection[]}} RawRevision
 */

/**
 * Load the worksheets. Return the same object at every call. After a failure, the next call tries again.
 * Throws TypeError when neither the server nor the cache has the data.
 */
export const loadWorksheets = once(load);

/** @returns {Promise<Worksheets>} */
async function load() {
  return new Worksheets(await fetchJson(`/${locale()}/worksheets.json`));
}

export class Worksheets {
  /** The current revisions, in the order that the service chose. @type {WorksheetRevision[]} */
  current;
  /** Current and earlier revisions. @type {Map<string, WorksheetRevision>} */
  #all;

  /** @param {{worksheets: RawRevision[], earlier?: RawRevision[]}} data as the server sends it */
  constructor({ worksheets, earlier = [] }) {
    this.current = worksheets.map(sheet);
    const all = [...earlier.map(sheet), ...this.current];
    this.#all = new Map(
      all.map((worksheet) => [key(worksheet.slug, worksheet.revision), worksheet]),
    );
  }

  /**
   * @param {string | undefined} slug
   * @param {number} [revision] defaults to the current one
   * @returns {WorksheetRevision | undefined} undefined if this version of the app doesn't have that worksheet or revision
   */
  sheetOf(slug, revision) {
    if (revision === undefined) return this.current.find((worksheet) => worksheet.slug === slug);
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

/** @param {RawRevision} raw @returns {WorksheetRevision} */
function sheet({ sections, ...about }) {
  const parts = sections.map(({ fields, ...section }) => ({
    ...section,
    questions: new Map(fields.map((raw) => [raw.name, question(raw)])),
  }));
  const questions = new Map(parts.flatMap((part) => [...part.questions]));
  return { ...about, sections: parts, questions };
}

/** @param {RawQuestion} raw @returns {Question} */
function question({ fields, ...about }) {
  if (!fields) return about;
  return { ...about, fields: Object.fromEntries(fields.map((raw) => [raw.name, question(raw)])) };
}
