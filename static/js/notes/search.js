// Searching in the notes of this phone: made ready when somebody begins to search.
import { date } from "../lib/dates.js";
import { loadWorksheets, Worksheets } from "../lib/worksheets.js";
import { find, indexOf } from "./find.js";
import { namesOf } from "./names.js";
import { noteText } from "./note-text.js";

/** @import { Vault } from "../data/entries.js" */
/** @import { Found, Indexed } from "./find.js" */
/** @import { Kept } from "./note-text.js" */

/** @typedef {(query: string) => Promise<Found[] | null>} Search null without a word to search for */

/**
 * @param {Vault} vault
 * @param {ParentNode} page with the titles
 * @param {AbortSignal} signal
 * @returns {Promise<Search>}
 */
export async function openSearch(vault, page, signal) {
  const worksheets = await loadWorksheets().catch((error) => {
    // Words are found without their questions, too.
    console.info("searching without the worksheets", error);
    return new Worksheets({ worksheets: [] });
  });
  // Nobody searches for the place of a slider, and a list is its words.
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

/** @param {Vault} vault @returns {Promise<Kept[]>} oldest first */
export async function allKept(vault) {
  const { entries } = /** @type {{entries: Kept[]}} */ (await vault.exportAll());
  return entries;
}
