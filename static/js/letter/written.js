// The letter that was written on its worksheet, to be read aloud.
import { hasEntries } from "../lib/memory.js";
import { loadWorksheets } from "../lib/worksheets.js";

/** @import { Entry } from "../data/entry-view.js" */

const WORKSHEET = "compassionate-letter";
/** The answer that holds the whole letter, where somebody put it together. */
const WHOLE = "letter";
/** Answers about the letter, not in it. */
const ABOUT = new Set(["voice", "touched"]);

/** @returns {Promise<string[]>} its paragraphs; none where nothing was written */
export async function writtenLetter() {
  if (!hasEntries()) return [];
  const { vault } = await import("../lib/vault.js");
  const entries = await vault();
  const { entries: all } = await entries.list();
  const newest = all.find(({ worksheet }) => worksheet === WORKSHEET);
  if (!newest) return [];
  const entry = await entries.read(newest.id);
  return paragraphsOf(entry, await orderOf(entry));
}

/**
 * @param {Pick<Entry, "fields">} entry
 * @param {Map<string, {type: string}> | undefined} questions in the order of the page
 * @returns {string[]}
 */
export function paragraphsOf({ fields }, questions) {
  const names = questions
    ? [...questions]
        .filter(([, { type }]) => type === "text" || type === "long")
        .map(([name]) => name)
    : Object.keys(fields);
  const answer = (/** @type {string} */ name) => {
    const value = fields[name]?.[0]?.value;
    return typeof value === "string" ? value.trim() : "";
  };
  const said = answer(WHOLE)
    ? [answer(WHOLE)]
    : names.filter((name) => !ABOUT.has(name)).map(answer);
  return said.flatMap((text) => text.split(/\n+/)).filter((text) => text.trim());
}

/** @param {Entry} entry */
async function orderOf({ revision }) {
  try {
    return (await loadWorksheets()).questionsOf(WORKSHEET, revision);
  } catch (error) {
    console.info("the letter is shown in the order in which it was written", error);
    return undefined;
  }
}
