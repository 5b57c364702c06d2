// Searching in everything that there is to read, hear and fill in. The server has made the index
// (hearth_cft/web/site/search.py); MiniSearch reads it. Nothing that is searched for leaves this page.
import MiniSearch from "minisearch";
import { words } from "./words.js";

/** @typedef {{title: string, summary: string, small: string, lang?: string}} Shown */
/** @typedef {Shown & {id: string, terms: ReadonlySet<string>}} Result `terms` are the words that were found in it */
/** @typedef {{index: import("minisearch").AsPlainObject, common: string[]}} Served */

const FIELDS = ["title", "summary", "text"];
/** Shorter words have too many neighbours. */
const FUZZY_FROM = 5;
const MOST = 20;

/** @param {string} address of search.json */
export async function loadFinder(address) {
  const response = await fetch(address);
  if (!response.ok) throw new TypeError(`${address}: ${response.status}`);
  return new Finder(await response.json());
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
    // Rather something with some of the words than nothing.
    return (found.length ? found : this.#search(query, "OR")).slice(0, MOST).map((one) => ({
      .../** @type {Shown & {id: string}} */ (/** @type {unknown} */ (one)),
      terms: new Set(one.terms),
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
      // Words that every text has are in none of the index.
      tokenize: (text) => {
        const all = words(text);
        const telling = all.filter((word) => !this.#common.has(word));
        return telling.length ? telling : all;
      },
    });
  }
}
