// The letter of the letter worksheet. Its parts are asked one by one; put together, they are one letter to read, to edit
// and to record.
import { gettext } from "../platform/i18n.js";

/** @typedef {{fields: Record<string, {value: any}[]>}} Written an entry, opened or exported */

/** The worksheet's slug. */
export const LETTER = "compassionate-letter";
/** The field for the whole letter. It may be empty: the other fields then make up the letter. */
export const WHOLE = "letter";
/** Fields about the letter. They are not part of it. */
const ABOUT = new Set(["voice", "touched"]);
/** A first line that is no longer than this and ends with a comma is a greeting. */
const GREETING = 40;

/**
 * Return the paragraphs of a letter.
 * @param {Written} entry
 * @param {Map<string, {type: string}> | undefined} questions in the order of the page; without
 *   them, the fields keep the order in which they were written
 * @returns {string[]}
 */
export function paragraphsOf({ fields }, questions) {
  const answerTo = (/** @type {string} */ name) => {
    const value = fields[name]?.[0]?.value;
    return typeof value === "string" ? value.trim() : "";
  };
  const answers = answerTo(WHOLE)
    ? [answerTo(WHOLE)]
    : partsOf(questions, fields).map((name) => answerTo(name));
  return answers.flatMap((text) => text.split(/\n+/)).filter((text) => text.trim());
}

/**
 * Return the names of the fields that are parts of the letter.
 * @param {Map<string, {type: string}> | undefined} questions
 * @param {Written["fields"]} fields
 */
function partsOf(questions, fields) {
  const names = questions
    ? [...questions].filter(([, { type }]) => isWritten(type)).map(([name]) => name)
    : Object.keys(fields);
  return names.filter((name) => name !== WHOLE && !ABOUT.has(name));
}

/** @param {string} type of a question */
const isWritten = (type) => type === "text" || type === "long";

/** Return whether a field belongs to the letter, and not to what is said about it. @param {string} name @param {string} type */
export const isOfLetter = (name, type) => isWritten(type) && !ABOUT.has(name);

/** Put the field for the whole letter before its parts. @param {string[]} names of the worksheet's fields for texts */
export const letterFirst = (names) => [
  WHOLE,
  ...names.filter((name) => name !== WHOLE && !ABOUT.has(name)),
];

/**
 * Put a letter together: a greeting, its paragraphs and an ending. A letter that was written as one text is its own.
 * @param {Written} entry
 * @param {Map<string, {type: string}> | undefined} questions
 * @returns {string[]} paragraphs; empty if nothing is written
 */
export function letterOf(entry, questions) {
  const paragraphs = paragraphsOf(entry, questions);
  const whole = entry.fields[WHOLE]?.[0]?.value;
  if (!paragraphs.length || (typeof whole === "string" && whole.trim())) return paragraphs;
  const [first] = paragraphs;
  const isGreeted = first.length <= GREETING && /[,،]$/.test(first);
  return [
    // Translators: the beginning of a letter to oneself
    ...(isGreeted ? [] : [gettext("Dear me,")]),
    ...paragraphs,
    // Translators: the end of a letter to oneself; the break is the one between the ending and the name
    gettext("With care,\nme"),
  ];
}
