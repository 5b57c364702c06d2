// Reads the letter that the reader wrote on the letter worksheet, so that they can read it aloud.
import { hasEntries } from "../../platform/storage.js";
import { loadWorksheets } from "../../answers/worksheets.js";

/** @import { Entry } from "../../data/entry-view.js" */

const WORKSHEET = "compassionate-letter";
/** The field for the whole letter. It may be empty: the other fields then make up the letter. */
const WHOLE = "letter";
/** Fields about the letter. They are not part of it. */
const ABOUT = new Set(["voice", "touched"]);

/** @returns {Promise<string[]>} paragraphs of the newest letter; empty if there is none */
export async function writtenLetter() {
  if (!hasEntries()) return [];
  const { vault } = await import("../../session/vault.js");
  const entries = await vault();
  const { entries: summaries } = await entries.list();
  const newest = summaries.find(({ worksheet }) => worksheet === WORKSHEET);
  if (!newest) return [];
  const entry = await entries.read(newest.id);
  return paragraphsOf(entry, await questionsOf(entry));
}

/**
 * Return the paragraphs of a letter.
 * @param {Pick<Entry, "fields">} entry
 * @param {Map<string, {type: string}> | undefined} questions in the order of the page; without
 *   them, the fields keep the order in which they were written
 * @returns {string[]}
 */
export function paragraphsOf({ fields }, questions) {
  const names = questions
    ? [...questions]
        .filter(([, { type }]) => type === "text" || type === "long")
        .map(([name]) => name)
    : Object.keys(fields);
  const answerTo = (/** @type {string} */ name) => {
    const value = fields[name]?.[0]?.value;
    return typeof value === "string" ? value.trim() : "";
  };
  const answers = answerTo(WHOLE)
    ? [answerTo(WHOLE)]
    : names.filter((name) => !ABOUT.has(name)).map(answerTo);
  return answers.flatMap((text) => text.split(/\n+/)).filter((text) => text.trim());
}

/** Return the questions of the entry's revision, or undefined if they can't be fetched. @param {Entry} entry */
async function questionsOf({ revision }) {
  try {
    return (await loadWorksheets()).questionsOf(WORKSHEET, revision);
  } catch (error) {
    console.info("the letter is shown in the order in which it was written", error);
    return undefined;
  }
}
