// A note as questions and answers in the reader's language, wherever it is shown, searched or kept. Pure.
import { isNothing, words } from "../worksheet/values.js";

/** @import { Question, Sheet, Worksheets } from "../lib/worksheets.js" */
/** @import { Speech } from "../worksheet/values.js" */

/**
 * A note as it comes out of the vault: data/entries.js, exportAll().
 * @typedef {object} Kept
 * @property {string} id
 * @property {string} kind
 * @property {string} [worksheet]
 * @property {number} [revision]
 * @property {string} created ISO 8601, UTC
 * @property {Record<string, number>} seen
 * @property {Record<string, {value: any, counter: number}[]>} fields
 *
 * @typedef {{title: string, lang?: string}} Title `lang` where it is English for want of a translation
 * @typedef {object} Answer
 * @property {string} name of the field
 * @property {string} type of the question
 * @property {string} label
 * @property {string} [lang] of the label
 * @property {string[]} texts several where two phones wrote two versions
 * @property {{label: string, answers: Answer[]}[]} [items] of a repeated group
 *
 * @typedef {Title & {answers: Answer[]}} Part the title is empty where there are no parts
 * @typedef {Title & {id: string, kind: string, created: number, changed: number, parts: Part[]}} NoteText
 *   created and changed in ms since 1970
 *
 * @typedef {object} Names how the page says things
 * @property {(kind: "kind-words" | "newer" | "gone" | "practice") => Title} title
 * @property {(slug: string) => Title} recording
 * @property {(name: string) => string} practice labels of a practice note's fields
 * @property {(item: string, num: number) => string} item one of a repeated group
 * @property {Speech} speech
 */

/** Fields of a practice note in the order in which they are read. */
const PRACTICE = { day: "date", before: "slider", after: "slider", words: "text" };
const PRACTICE_MOST = 10;

/**
 * @param {Kept} entry
 * @param {Worksheets} worksheets
 * @param {Names} names
 * @returns {NoteText} with what was answered and nothing else
 */
export function noteText(entry, worksheets, names) {
  const sheet =
    entry.kind === "worksheet" ? worksheets.sheetOf(entry.worksheet, entry.revision) : undefined;
  const parts = sheet ? sheetParts(entry, sheet, names) : [otherPart(entry, names)];
  return {
    id: entry.id,
    kind: entry.kind,
    created: Date.parse(entry.created) || 0,
    changed: Math.max(Date.parse(entry.created) || 0, ...Object.values(entry.seen)),
    ...titleOf(entry, worksheets, sheet, names),
    parts: parts.filter(({ answers }) => answers.length),
  };
}

/**
 * @param {Kept} entry
 * @param {Worksheets} worksheets
 * @param {Sheet | undefined} sheet
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

/** @param {Kept} entry @param {Sheet} sheet @param {Names} names @returns {Part[]} */
function sheetParts({ fields }, sheet, names) {
  const parts = sheet.sections.map(({ title, lang, questions }) => ({
    title,
    lang,
    answers: [...questions].flatMap(([name, question]) =>
      answer(name, question, valuesOf(fields, name), names),
    ),
  }));
  // What a newer version wrote beside them is kept and shown.
  const others = Object.keys(fields).filter((name) => !sheet.questions.has(name));
  return [...parts, { title: "", answers: others.flatMap((name) => plain(name, fields, names)) }];
}

/** @param {Kept} entry @param {Names} names @returns {Part} */
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
      : Object.keys(fields).flatMap((name) => plain(name, fields, names));
  if (kind !== "kind-words") return { title: "", answers };
  return { title: "", answers: answers.map((one) => ({ ...one, label: "" })) };
}

/** Without its question: under the name that the field has. @param {string} name @param {Kept["fields"]} fields @param {Names} names */
function plain(name, fields, names) {
  return answer(name, { name, type: "text", label: name }, valuesOf(fields, name), names);
}

/**
 * @param {string} name
 * @param {Question} question
 * @param {any[]} values
 * @param {Names} names
 * @returns {Answer[]} one, or none where nothing was answered
 */
function answer(name, question, values, names) {
  const given = values.filter((value) => !isNothing(value));
  if (!given.length) return [];
  const { type, label, lang } = question;
  const about = { name, type, label, ...(lang && { lang }) };
  const isPlain = type !== "group" || given.length > 1 || !Array.isArray(given[0]);
  if (isPlain) return [{ ...about, texts: given.map((one) => words(question, one, names.speech)) }];
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

/** Newest first; what two phones wrote alike counts once. @param {Kept["fields"]} fields @param {string} name @returns {any[]} */
function valuesOf(fields, name) {
  const versions = Object.hasOwn(fields, name) ? fields[name] : [];
  const newest = [...versions].sort((a, b) => b.counter - a.counter);
  return [...new Map(newest.map(({ value }) => [JSON.stringify(value), value])).values()];
}
