// Searches all pages, recordings and worksheets. The server builds the index (hearth_cft/web/site/search.py), and
// MiniSearch reads it. The query never leaves this page.
import MiniSearch from "minisearch";
import { fetchJson } from "../../platform/fetch-json.js";
import { words } from "../../platform/search-words.js";

/** @typedef {{title: string, summary: string, small: string, lang?: string}} Shown */
/** @typedef {Shown & {id: string, terms: ReadonlySet<string>}} Result `terms` are its words that match */
/** @typedef {{index: import("minisearch").AsPlainObject, common: string[]}} Served */

const FIELDS = ["title", "summary", "text"];
/** The least length of a word for which similar words are found too. Shorter words have too many similar ones. */
const FUZZY_FROM = 5;
/** The largest number of results. */
const MOST = 20;

/** Load the index. @param {string} address of search.json */
export async function loadFinder(address) {
  return new Finder(await fetchJson(address));
}

export class Finder {
  #index;
  #common;

  /** @param {Served} served */
  constructor({ index, common }) {
    this.#common = new Set(common);
    this.#index = MiniSearch.loadJS(index, {
      fields: FIELDS,
      storeFields: ["title", "summary", "small", "lang"],
      tokenize: words,
      processTerm: (term) => term,
    });
  }

  /** @param {string} query @returns {Result[]} the best first */
  find(query) {
    const found = this.#search(query, "AND");
    // If no text has all the words, texts with some of them are better than nothing.
    return (found.length ? found : this.#search(query, "OR")).slice(0, MOST).map((result) => ({
      .../** @type {Shown & {id: string}} */ (/** @type {unknown} */ (result)),
      terms: new Set(result.terms),
    }));
  }

  /** @param {string} query @param {"AND" | "OR"} combineWith */
  #search(query, combineWith) {
    return this.#index.search(query, {
      combineWith,
      boost: { title: 4, summary: 2 },
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (term.length >= FUZZY_FROM ? 0.2 : false),
      weights: { prefix: 0.4, fuzzy: 0.2 },
      // The index leaves common words out of the texts. Ignore them here too, unless the query has no other words.
      tokenize: (text) => {
        const all = words(text);
        const uncommon = all.filter((word) => !this.#common.has(word));
        return uncommon.length ? uncommon : all;
      },
    });
  }
}
