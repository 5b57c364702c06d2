// Searches the notes on this phone. The index is built when the user begins to search.
import { date } from "../../platform/dates.js";
import { loadWorksheets, Worksheets } from "../../answers/worksheets.js";
import { find, indexOf } from "./find.js";
import { namesOf } from "./names.js";
import { noteText } from "./note-text.js";

/** @import { Vault } from "../../data/entries.js" */
/** @import { Found } from "../../answers/rows.js" */
/** @import { Indexed } from "./find.js" */
/** @import { ExportedEntry } from "../../data/entry-view.js" */

/** @typedef {(query: string) => Promise<Found[] | null>} Search returns null if the query has no words */

/**
 * Build the index, and build it again for the first search after notes have changed.
 *
 * @param {Vault} vault
 * @param {ParentNode} page with the titles
 * @param {AbortSignal} signal of the page
 * @returns {Promise<Search>}
 */
export async function openSearch(vault, page, signal) {
  const worksheets = await loadWorksheets().catch((error) => {
    // The user's words can be found without the worksheets' questions.
    console.info("searching without the worksheets", error);
    return new Worksheets({ worksheets: [] });
  });
  // Slider values aren't searched. For a list, only its words matter.
  const speech = {
    slider: () => "",
    date,
    list: (/** @type {string[]} */ labels) => labels.join(", "),
  };
  const names = { ...namesOf(page), speech };
  /** @type {Promise<Indexed[]> | undefined} */
  let index;
  const read = async () => {
    const kept = await allKept(vault);
    return indexOf(kept.map((entry) => noteText(entry, worksheets, names)));
  };
  signal.addEventListener(
    "abort",
    vault.onChange(() => (index = undefined)),
  );
  await (index ??= read());
  return async (query) => find(await (index ??= read()), query);
}

/** Read all entries. @param {Vault} vault @returns {Promise<ExportedEntry[]>} oldest first */
export async function allKept(vault) {
  const { entries } = /** @type {{entries: ExportedEntry[]}} */ (await vault.exportAll());
  return entries;
}
