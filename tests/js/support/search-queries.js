// Searches for each query of a list in a real search.json, as the search page does. Reads {served, queries} from the
// standard input and writes, for each query, whether help comes first, and the addresses of what was found.
// tests/web/test_search_queries.py runs it.
import { readFileSync } from "node:fs";
import { Finder } from "../../../static/js/features/search/finder.js";

/** @type {{served: import("../../../static/js/features/search/finder.js").Served, queries: string[]}} */
const { served, queries } = JSON.parse(readFileSync(0, "utf8"));
const finder = new Finder(served);
const answers = queries.map((query) => ({
  query,
  isHard: finder.isCrisis(query),
  found: finder.find(query).map(({ id }) => id),
}));
process.stdout.write(JSON.stringify(answers));
