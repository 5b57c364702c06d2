// Reads the letter that the reader wrote on the letter worksheet, so that they can read it aloud.
import { LETTER, letterOf } from "../../answers/letter.js";
import { loadWorksheets } from "../../answers/worksheets.js";

/** @import { Entry } from "../../data/entry-view.js" */

/** @returns {Promise<string[]>} paragraphs of the newest letter; empty if there is none */
export async function writtenLetter() {
  const { vault } = await import("../../session/vault.js");
  const entries = await vault();
  const { entries: summaries } = await entries.list();
  const newest = summaries.find(({ worksheet }) => worksheet === LETTER);
  if (!newest) return [];
  const entry = await entries.read(newest.id);
  return letterOf(entry, await questionsOf(entry));
}

/** Return the questions of the entry's revision, or undefined if they can't be fetched. @param {Entry} entry */
async function questionsOf({ revision }) {
  try {
    return (await loadWorksheets()).questionsOf(LETTER, revision);
  } catch (error) {
    console.info("the letter is shown in the order in which it was written", error);
    return undefined;
  }
}
