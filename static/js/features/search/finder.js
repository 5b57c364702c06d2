// Searches all pages, recordings and worksheets, and the crisis words. The server builds the index (hearth_cft/web/site/search.py), and
// MiniSearch reads it. The query never leaves this page.
import MiniSearch from "minisearch";
import { fetchJson } from "../../platform/fetch-json.js";
import { words } from "../../platform/search-words.js";
import { CrisisWords, partsOf } from "./crisis.js";
import { Vocabulary } from "./vocabulary.js";

/** @import { Lists } from "./crisis.js" */
/** @import { Query, SearchResult } from "minisearch" */

/** @typedef {{title: string, summary: string, small: string, lang?: string}} Shown */
/** @typedef {Shown & {id: string, terms: ReadonlySet<string>}} Result `terms` are its words that match */
/** @typedef {{index: import("minisearch").AsPlainObject, common: string[], crisis: Lists}} Served */

const FIELDS = ["title", "summary", "text", "synonyms"];
/** How much a word counts, by the field that has it. */
const BOOST = { title: 4, summary: 2, synonyms: 12 };
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
  #vocabulary;
  #crisis;

  /** @param {Served} served */
  constructor({ index, common, crisis }) {
    this.#common = new Set(common);
    const known = /** @type {[string, unknown][]} */ (index.index).map(([word]) => word);
    const everyday = partsOf(crisis.everyday).flatMap(words);
    this.#vocabulary = new Vocabulary([...known, ...common], everyday);
    this.#crisis = new CrisisWords(crisis, this.#vocabulary);
    this.#index = MiniSearch.loadJS(index, {
      fields: FIELDS,
      storeFields: ["title", "summary", "small", "lang"],
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
    });
  }

  /** Return whether somebody may need help first. @param {string} query */
  isCrisis(query) {
    return this.#crisis.isIn(query);
  }

  /** @param {string} query @returns {Result[]} the best first */
  find(query) {
    const found = this.#search(query, "AND");
    // If no text has all the words, texts with some of them are better than nothing.
    const results = found.length ? found : this.#search(query, "OR");
    return titledFirst(results, query)
      .slice(0, MOST)
      .map((result) => ({
        .../** @type {Shown & {id: string}} */ (/** @type {unknown} */ (result)),
        terms: new Set(result.terms),
      }));
  }

  /** @param {string} query @param {"AND" | "OR"} combineWith */
  #search(query, combineWith) {
    const all = words(query);
    const uncommon = all.filter((word) => !this.#common.has(word));
    // The index leaves common words out of the texts. They only change the order, unless the query has no other words.
    const common = uncommon.length ? all.filter((word) => this.#common.has(word)) : [];
    const needed = { combineWith, queries: this.#meant(uncommon.length ? uncommon : all) };
    const found = this.#ranked(needed);
    if (!common.length) return found;
    const ids = new Set(found.map(({ id }) => id));
    const either = { combineWith: /** @type {const} */ ("OR"), queries: [needed, ...common] };
    return this.#ranked(either, (result) => ids.has(result.id));
  }

  /** @param {Query} query @param {(result: SearchResult) => boolean} [filter] */
  #ranked(query, filter) {
    return this.#index.search(query, {
      boost: BOOST,
      prefix: (term) => term.length > 1 && !this.#common.has(term),
      fuzzy: (term) => (term.length >= FUZZY_FROM ? 0.2 : false),
      weights: { prefix: 0.4, fuzzy: 0.2 },
      ...(filter && { filter }),
    });
  }

  /** Return, for each word, a query for it or for what may be meant. @param {string[]} terms */
  #meant(terms) {
    return terms.map((term) => ({
      combineWith: /** @type {const} */ ("OR"),
      queries: this.#vocabulary.meant(term),
    }));
  }
}

/**
 * Put first what has a title that begins with the query: somebody is typing that title.
 * @param {SearchResult[]} results
 * @param {string} query
 */
function titledFirst(results, query) {
  const typed = words(query).join(" ");
  const isMeant = (/** @type {SearchResult} */ { title }) =>
    words(title).join(" ").startsWith(typed);
  return [...results.filter(isMeant), ...results.filter((result) => !isMeant(result))];
}
