// Collects what the pictures over time show, from everything that the user wrote. The `role` or `circle` of a question
// says what it means for the pictures (hearth_cft/content/README.md). So a service's own worksheets have pictures too.
// Pure functions.
import { timesOf } from "../../data/entry-view.js";
import { PRACTICE, practiceOf } from "../../data/practice.js";
import { readingPath } from "../../answers/address.js";
import { pastDay } from "../../answers/values.js";
import { returning } from "./triggers.js";

/** @import { Question, Worksheets } from "../../answers/worksheets.js" */
/** @import { ExportedEntry } from "../../data/entry-view.js" */
/** @import { Returning } from "./triggers.js" */

export const SYSTEMS = /** @type {const} */ (["threat", "drive", "soothing"]);
/** Takes the place of a worksheet's slug for practice notes. */
export const OF_PRACTICE = "practice";

/**
 * One note in a picture.
 * @typedef {object} Moment
 * @property {string} id
 * @property {string} address path of the page that opens it, below the language
 * @property {string} title of its worksheet; "" for a practice note
 * @property {string} [lang] of the title
 * @property {string} recording slug, if this is a practice note; otherwise ""
 * @property {Date} when the day that the note is about or, if it has none, the day on which it was begun
 *
 * @typedef {{value: number, min: number, max: number}} Level
 * @typedef {Moment & {sizes: Partial<Record<typeof SYSTEMS[number], Level>>}} Circles
 * @typedef {Moment & {before: number | null, after: number | null}} Pair
 * @typedef {object} Series pairs on the same scale
 * @property {string} slug of the worksheet, or OF_PRACTICE
 * @property {string} title
 * @property {string} [lang] of the title
 * @property {number} min
 * @property {number} max
 * @property {string} low words at the low end of the scale
 * @property {string} high words at the high end of the scale
 * @property {Pair[]} pairs oldest first
 *
 * @typedef {object} Pictures
 * @property {Circles[]} circles oldest first
 * @property {Series[]} series
 * @property {Returning[]} triggers
 * @property {number} written how many notes have an answer about a trigger
 */

/**
 * @typedef {object} Note a note with the answers that matter for the pictures
 * @property {Moment} moment
 * @property {number} order when the note was begun, ms since 1970; sorts notes about the same day
 * @property {string} slug
 * @property {{question: Question, value: any}[]} answers
 */

/**
 * Collect the content of all pictures.
 * @param {ExportedEntry[]} entries
 * @param {Worksheets} worksheets
 * @param {number} [now] ms since 1970
 * @returns {Pictures}
 */
export function gather(entries, worksheets, now = Date.now()) {
  const notes = entries
    .map((entry) => noteOf(entry, worksheets, now))
    .filter((note) => note !== null)
    .sort((a, b) => a.moment.when.getTime() - b.moment.when.getTime() || a.order - b.order);
  const withTexts = notes.map((note) => ({ ...note.moment, texts: triggersOf(note) }));
  const written = withTexts.filter(({ texts }) => texts.length);
  return {
    circles: notes.map(circlesOf).filter((item) => item !== null),
    series: seriesOf(notes),
    triggers: returning(written),
    written: written.length,
  };
}

/**
 * Read one entry.
 *
 * @param {ExportedEntry} entry
 * @param {Worksheets} worksheets
 * @param {number} now ms since 1970
 * @returns {Note | null} null unless the entry is a practice note or a known worksheet
 */
function noteOf(entry, worksheets, now) {
  const { id, kind, worksheet, revision, fields } = entry;
  const order = timesOf(entry, now).begun;
  const valueOf = (/** @type {string} */ name) => newest(fields, name);
  const about = { id, recording: "", title: "" };
  if (kind === PRACTICE) {
    const { recording, before, after, ...rest } = practiceOf(fields);
    const moment = { ...about, recording, address: readingPath(id) };
    const answers = Object.entries({ before, after }).map(([role, value]) => ({
      question: { name: role, type: "slider", label: "", role, min: 0, max: 10 },
      value,
    }));
    return {
      moment: { ...moment, when: dayOf(rest.day, order, now) },
      order,
      slug: OF_PRACTICE,
      answers,
    };
  }
  const sheet = kind === "worksheet" ? worksheets.sheetOf(worksheet, revision) : undefined;
  if (!sheet) return null;
  const answers = [...sheet.questions.values()]
    .filter(({ role, circle }) => role || circle)
    .map((question) => ({ question, value: valueOf(question.name) }));
  const dayAnswer = answers.find(({ question }) => question.role === "day");
  const address = readingPath(id);
  const { title, lang } = sheet;
  const when = dayOf(dayAnswer?.value, order, now);
  return { moment: { ...about, address, title, lang, when }, order, slug: sheet.slug, answers };
}

/** Return the newest version of a value. @param {ExportedEntry["fields"]} fields @param {string} name */
function newest(fields, name) {
  const versions = Object.hasOwn(fields, name) ? fields[name] : [];
  return versions.reduce(
    (best, version) => (best && best.counter >= version.counter ? best : version),
    /** @type {{value: any, counter: number} | undefined} */ (undefined),
  )?.value;
}

/**
 * Return the day that a note is about. If it names none, or one that is still to come, return the day on which it was
 * begun.
 *
 * @param {any} noted
 * @param {number} begun ms since 1970
 * @param {number} now ms since 1970
 */
function dayOf(noted, begun, now) {
  const start = new Date(begun);
  return pastDay(noted, now) ?? new Date(start.getFullYear(), start.getMonth(), start.getDate());
}

/** Return a slider's value and scale. @param {{question: Question, value: any}} answer @returns {Level | null} */
function levelOf({ question: { type, min = 0, max = 10 }, value }) {
  const isLevel = type === "slider" && typeof value === "number" && value >= min && value <= max;
  return isLevel ? { value, min, max } : null;
}

/** @param {Note} note @returns {Circles | null} */
function circlesOf({ moment, answers }) {
  /** @type {Circles["sizes"]} */
  const sizes = {};
  for (const answer of answers) {
    const system = SYSTEMS.find((name) => name === answer.question.circle);
    const level = levelOf(answer);
    if (system && level) sizes[system] ??= level;
  }
  return Object.keys(sizes).length ? { ...moment, sizes } : null;
}

/** Put pairs together if they have the same worksheet and scale. @param {Note[]} notes @returns {Series[]} */
function seriesOf(notes) {
  /** @type {Map<string, Series>} */
  const all = new Map();
  for (const { moment, slug, answers } of notes) {
    const [before, after] = ["before", "after"].map((role) =>
      answers.find(({ question }) => question.role === role),
    );
    if (!before || !after) continue;
    const levels = [before, after].map(levelOf);
    if (!levels.some(Boolean)) continue;
    const { question } = before;
    const min = Math.min(question.min ?? 0, after.question.min ?? 0);
    const max = Math.max(question.max ?? 10, after.question.max ?? 10);
    const key = `${slug} ${min} ${max}`;
    const { low = "", high = "" } = question;
    const { title, lang } = moment;
    const series = all.get(key) ?? { slug, title, lang, min, max, low, high, pairs: [] };
    all.set(key, series);
    series.pairs.push({
      ...moment,
      before: levels[0]?.value ?? null,
      after: levels[1]?.value ?? null,
    });
  }
  return [...all.values()];
}

/** @param {Note} note @returns {string[]} */
const triggersOf = ({ answers }) =>
  answers
    .filter(({ question, value }) => question.role === "trigger" && typeof value === "string")
    .map(({ value }) => value)
    .filter((text) => text.trim());
