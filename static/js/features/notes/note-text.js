// Turns a note into questions and answers in the page's language, to be shown, searched or exported. Pure functions.
import { isNothing, words } from "../../answers/values.js";
import { timesOf } from "../../data/entry-view.js";

/** @import { Question, WorksheetRevision, Worksheets } from "../../answers/worksheets.js" */
/** @import { Speech } from "../../answers/values.js" */
/** @import { ExportedEntry } from "../../data/entry-view.js" */

/**
 * @typedef {{title: string, lang?: string}} Title `lang` is "en" if there is no translation
 * @typedef {object} Answer
 * @property {string} name of the field
 * @property {string} type of the question
 * @property {string} label
 * @property {string} [lang] of the label
 * @property {string[]} texts several if two phones wrote different versions
 * @property {{label: string, answers: Answer[]}[]} [items] entries of a repeated group
 *
 * @typedef {Title & {answers: Answer[]}} Part a section; the title is empty for answers outside of any section
 * @typedef {Title & {id: string, kind: string, begun: number, changed: number, parts: Part[]}} NoteText
 *   begun and changed in ms since 1970
 *
 * @typedef {object} Names the page's words
 * @property {(kind: "kind-words" | "newer" | "gone" | "practice") => Title} title
 * @property {(slug: string) => Title} recording
 * @property {(name: string) => string} practice returns the label of a practice note's field
 * @property {(item: string, num: number) => string} item returns the heading of one entry of a repeated group
 * @property {Speech} speech
 */

/** The fields of a practice note, in reading order, with the types of their questions. */
const PRACTICE = { day: "date", before: "slider", after: "slider", words: "text" };
const PRACTICE_MOST = 10;

/**
 * Turn a note into questions and answers.
 *
 * @param {ExportedEntry} entry
 * @param {Worksheets} worksheets
 * @param {Names} names
 * @param {number} [now] ms since 1970
 * @returns {NoteText} with only the questions that were answered
 */
export function noteText(entry, worksheets, names, now = Date.now()) {
  const sheet =
    entry.kind === "worksheet" ? worksheets.sheetOf(entry.worksheet, entry.revision) : undefined;
  const parts = sheet ? sheetParts(entry, sheet, names) : [otherPart(entry, names)];
  return {
    id: entry.id,
    kind: entry.kind,
    ...timesOf(entry, now),
    ...titleOf(entry, worksheets, sheet, names),
    parts: parts.filter(({ answers }) => answers.length),
  };
}

/**
 * @param {ExportedEntry} entry
 * @param {Worksheets} worksheets
 * @param {WorksheetRevision | undefined} sheet
 * @param {Names} names
 * @returns {Title}
 */
function titleOf({ kind, worksheet, fields }, worksheets, sheet, names) {
  if (kind === "kind-words") return names.title("kind-words");
  if (kind === "practice") {
    const slug = valuesOf(fields, "recording")[0];
    return names.recording(typeof slug === "string" ? slug : "");
  }
  if (kind !== "worksheet") return names.title("newer");
  const known = sheet ?? worksheets.sheetOf(worksheet);
  if (!known) return names.title("gone");
  return { title: known.title, ...(known.lang && { lang: known.lang }) };
}

/** @param {ExportedEntry} entry @param {WorksheetRevision} sheet @param {Names} names @returns {Part[]} */
function sheetParts({ fields }, sheet, names) {
  const parts = sheet.sections.map(({ title, lang, questions }) => ({
    title,
    lang,
    answers: [...questions].flatMap(([name, question]) =>
      answer(name, question, valuesOf(fields, name), names),
    ),
  }));
  // A newer version of the app may have written other fields. Show them too.
  const others = Object.keys(fields).filter((name) => !sheet.questions.has(name));
  return [
    ...parts,
    { title: "", answers: others.flatMap((name) => answerToUnknown(name, fields, names)) },
  ];
}

/**
 * Return the answers of a note without a known worksheet.
 * @param {ExportedEntry} entry
 * @param {Names} names
 * @returns {Part}
 */
function otherPart({ kind, fields }, names) {
  const answers =
    kind === "practice"
      ? Object.entries(PRACTICE).flatMap(([name, type]) =>
          answer(
            name,
            { name, type, label: names.practice(name), min: 0, max: PRACTICE_MOST },
            valuesOf(fields, name),
            names,
          ),
        )
      : Object.keys(fields).flatMap((name) => answerToUnknown(name, fields, names));
  if (kind !== "kind-words") return { title: "", answers };
  return { title: "", answers: answers.map((answer) => ({ ...answer, label: "" })) };
}

/**
 * Return the answer to an unknown question. The label is the field's name.
 *
 * @param {string} name
 * @param {ExportedEntry["fields"]} fields
 * @param {Names} names
 */
function answerToUnknown(name, fields, names) {
  return answer(name, { name, type: "text", label: name }, valuesOf(fields, name), names);
}

/**
 * @param {string} name
 * @param {Question} question
 * @param {any[]} values
 * @param {Names} names
 * @returns {Answer[]} one, or none if nothing was answered
 */
function answer(name, question, values, names) {
  const given = values.filter((value) => !isNothing(value));
  if (!given.length) return [];
  const { type, label, lang } = question;
  const about = { name, type, label, ...(lang && { lang }) };
  const isPlain = type !== "group" || given.length > 1 || !Array.isArray(given[0]);
  if (isPlain)
    return [{ ...about, texts: given.map((value) => words(question, value, names.speech)) }];
  return [{ ...about, texts: [], items: itemsOf(question, given[0], names) }];
}

/** @param {Question} question @param {any[]} items @param {Names} names */
function itemsOf({ item: name = "", fields = {} }, items, names) {
  return items
    .filter((item) => !isNothing(item))
    .map((item, at) => ({
      label: names.item(name, at + 1),
      answers: Object.entries(fields).flatMap(([inner, question]) =>
        answer(inner, question, [item?.[inner]], names),
      ),
    }));
}

/**
 * Return the different values of a field. If two phones wrote the same value, it counts once.
 *
 * @param {ExportedEntry["fields"]} fields
 * @param {string} name
 * @returns {any[]} newest first
 */
export function valuesOf(fields, name) {
  const versions = Object.hasOwn(fields, name) ? fields[name] : [];
  const newest = [...versions].sort((a, b) => b.counter - a.counter);
  return [...new Map(newest.map(({ value }) => [JSON.stringify(value), value])).values()];
}
