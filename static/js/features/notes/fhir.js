// Exports notes as HL7 FHIR R4 for a clinic's system: a Bundle with a QuestionnaireResponse for every worksheet and
// practice note (http://hl7.org/fhir/R4/questionnaireresponse.html). The Bundle doesn't say who wrote them.
//
// - A worksheet's response names its questionnaire (/<locale>/worksheets/<slug>.fhir.json) and the revision. If the app
//   doesn't know that revision, the response has the answers under their fields' names, without the questions.
// - A practice note has no questionnaire. Its response contains the text of its questions.
// - FHIR allows one answer to a question. If an answer has several versions, the newest one is the answer. The
//   response's narrative contains the other versions, and values that a question can't hold, so that nothing is lost.
//   An extension of our own would not help, because no system would show it.
// - Kind words, chosen recordings, somebody's own people and kinds that a newer version of the app made are left out. They
//   aren't answers for a clinic.
import { fromBase64url } from "../../data/base64.js";
import { viewEntry } from "../../data/entry-view.js";
import { MOST, PRACTICE } from "../../data/practice.js";
import { gettext, locale, pgettext } from "../../platform/i18n.js";
import { finished } from "../../answers/finished.js";
import { isNothing } from "../../answers/values.js";
import { clean, itemOfUnknown, itemsOf, plain, saidOf } from "./fhir-items.js";

/** @import { State } from "../../data/entry.js" */
/** @import { Entry } from "../../data/entry-view.js" */
/** @import { Question, WorksheetRevision, Worksheets } from "../../answers/worksheets.js" */
/** @import { Aside, Element } from "./fhir-items.js" */

/**
 * @typedef {Pick<WorksheetRevision, "title"> & Partial<WorksheetRevision>} Form a worksheet of which perhaps only the
 * title is known
 */

const DISPLAY = "http://hl7.org/fhir/StructureDefinition/display";
const XHTML = "http://www.w3.org/1999/xhtml";

/**
 * Export entries.
 *
 * @param {(State & {id: string})[]} entries as `vault.exportAll()` returns them
 * @param {Worksheets} worksheets
 * @param {Date} [when] the time of the export
 * @returns {Element} a Bundle
 */
export function asBundle(entries, worksheets, when = new Date()) {
  const finishedIds = new Set(finished());
  const responses = entries
    .filter(({ kind, deleted }) => !deleted && (kind === "worksheet" || kind === PRACTICE))
    .map(({ id, ...state }) => viewEntry(id, state, when.getTime()))
    .map((entry) => responseOf(entry, worksheets, finishedIds.has(entry.id)))
    .filter((response) => response !== undefined);
  return {
    resourceType: "Bundle",
    type: "collection",
    timestamp: when.toISOString(),
    // FHIR doesn't allow empty lists.
    ...(responses.length && {
      entry: responses.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
    }),
  };
}

/**
 * Build the response of one entry.
 *
 * @param {Entry} entry
 * @param {Worksheets} worksheets
 * @param {boolean} isFinished
 * @returns {Element | undefined} undefined if the entry has no answers
 */
function responseOf(entry, worksheets, isFinished) {
  /** @type {string[]} */
  const paragraphs = [];
  /** @type {Aside} */
  const aside = (label, text) => paragraphs.push(paragraph(label, text));
  const form = formOf(entry, worksheets);
  const item = form.sections
    ? sectionsOf(entry, form, aside)
    : Object.entries(entry.fields).flatMap(([name, [newest]]) =>
        itemOfUnknown(name, newest?.value),
      );
  addOthers(entry, form, aside);
  if (!item.length && !paragraphs.length) return undefined;
  const isComplete = isFinished || entry.kind === PRACTICE;
  return {
    resourceType: "QuestionnaireResponse",
    id: uuidOf(entry.id),
    language: locale(),
    ...(paragraphs.length && { text: narrative(paragraphs) }),
    ...(form.canonical && { questionnaire: `${form.canonical}|${entry.revision}` }),
    _questionnaire: { extension: [{ url: DISPLAY, valueString: clean(form.title) }] },
    status: isComplete ? "completed" : "in-progress",
    ...authored(entry),
    ...(item.length && { item }),
  };
}

/**
 * Return what is known of an entry's worksheet. If its revision isn't known, there are no questions.
 *
 * @param {Entry} entry
 * @param {Worksheets} worksheets
 * @returns {Form}
 */
function formOf({ kind, worksheet = "", revision }, worksheets) {
  if (kind === PRACTICE) return practiceForm();
  const known = revision === undefined ? undefined : worksheets.sheetOf(worksheet, revision);
  if (known) return known;
  const { title, canonical } = worksheets.sheetOf(worksheet) ?? { title: worksheet };
  return { title, canonical };
}

/** Describe a practice note in the form of a worksheet. @returns {Form} */
function practiceForm() {
  const title = gettext("A practice note");
  const level = { type: "slider", min: 0, max: MOST };
  /** @type {[string, Omit<Question, "name">][]} */
  const fields = [
    ["day", { type: "date", label: pgettext("column of a table", "Day") }],
    ["recording", { type: "text", label: pgettext("column of a table", "Recording") }],
    ["version", { type: "text", label: gettext("Full or short version") }],
    ["before", { ...level, label: gettext("Before: 0 is very uneasy, 10 is at ease") }],
    ["after", { ...level, label: gettext("After: 0 is very uneasy, 10 is at ease") }],
    ["words", { type: "text", label: pgettext("column of a table", "Note") }],
  ];
  const questions = new Map(fields.map(([name, question]) => [name, { name, ...question }]));
  return { title, sections: [{ name: "practice", title, questions }], questions };
}

/** Build an item for each section that has answers. @param {Entry} entry @param {Form} form @param {Aside} aside */
function sectionsOf({ fields }, { sections = [], canonical }, aside) {
  const valueOf = (/** @type {string} */ name) =>
    Object.hasOwn(fields, name) ? fields[name]?.[0]?.value : undefined;
  return sections
    .map(({ name, title, questions }) => ({
      linkId: name,
      text: clean(title),
      item: [...questions].flatMap(([field, question]) =>
        itemsOf(question, field, valueOf(field), canonical, aside),
      ),
    }))
    .filter(({ item }) => item.length);
}

/**
 * Pass on to `aside` the older versions of each answer, and every answer whose question the worksheet doesn't have.
 *
 * @param {Entry} entry
 * @param {Form} form
 * @param {Aside} aside
 */
function addOthers({ fields }, { questions }, aside) {
  for (const [name, versions] of Object.entries(fields)) {
    const question = questions?.get(name);
    const label = question?.label ?? name;
    const others = questions && !question ? versions : versions.slice(1);
    for (const { value } of others.filter((version) => !isNothing(version.value))) {
      const text = question ? saidOf(question, value) : plain(value);
      const isAnother = value !== versions[0]?.value;
      aside(
        isAnother ? gettext("Another version of: %(question)s", { question: label }) : label,
        text,
      );
    }
  }
}

/** @param {string[]} paragraphs @returns {Element} */
const narrative = (paragraphs) => ({
  status: "additional",
  div: `<div xmlns="${XHTML}">${paragraphs.join("")}</div>`,
});

/** @param {string} label @param {string} text */
const paragraph = (label, text) => `<p><b>${escaped(label)}</b><br/>${escaped(text)}</p>`;

/** Return a text as XHTML. @param {string} text */
const escaped = (text) =>
  clean(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\n", "<br/>");

/**
 * Return the time of the last change, or nothing if it isn't known.
 *
 * @param {Entry} entry
 */
function authored({ changed }) {
  return changed > 0 ? { authored: new Date(changed).toISOString() } : {};
}

/**
 * Return a UUID made from an entry's id. It is the same in every export.
 *
 * @param {string} id 16 random bytes, base64url
 */
function uuidOf(id) {
  const bytes = Uint8Array.from(fromBase64url(id));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
