import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import MiniSearch from "minisearch";
import { Finder } from "../../../../static/js/features/search/finder.js";
import { words } from "../../../../static/js/platform/search-words.js";

/** What the server makes of a few documents is compared with it in tests/unit/test_search.py. */
const { documents, served } = JSON.parse(
  readFileSync(new URL("../../../vectors/search-index.json", import.meta.url), "utf8"),
);

const finder = () => new Finder(structuredClone(served));
/** @param {string} query */
const found = (query) =>
  finder()
    .find(query)
    .map(({ id }) => id);

test("MiniSearch would write the same index as the server did", () => {
  const own = new MiniSearch({
    fields: ["title", "summary", "text", "synonyms"],
    storeFields: ["title", "summary", "small"],
    tokenize: words,
    processTerm: (term) => term,
  });
  const fields = ["id", "title", "summary", "text", "synonyms"];
  const small = { small: "5 min" };
  own.addAll(
    documents.map((/** @type {string[]} */ document) => ({
      ...Object.fromEntries(document.map((text, n) => [fields[n], text])),
      ...small,
    })),
  );

  const written = JSON.parse(JSON.stringify(own));
  written.index.sort();
  written.averageFieldLength = written.averageFieldLength.map((/** @type {number} */ size) =>
    Number(size.toFixed(3)),
  );
  assert.deepEqual(written, served.index);
});

test("a title counts more than a text", () => {
  assert.deepEqual(found("three").slice(0, 2).sort(), [
    "learn/three-systems",
    "worksheets/three-circles",
  ]);
  assert.equal(found("place")[0], "recordings/safe-place");
});

test("a title that begins with what is typed comes first", () => {
  const own = new MiniSearch({
    fields: ["title", "summary", "text", "synonyms"],
    storeFields: ["title", "summary", "small"],
    tokenize: words,
    processTerm: (term) => term,
  });
  const empty = { summary: "", text: "", small: "" };
  own.addAll([
    { id: "plan", title: "My safety plan", ...empty, synonyms: "safe, safer, plan" },
    { id: "place", title: "Safe place", ...empty, synonyms: "" },
  ]);
  const there = new Finder({ ...structuredClone(served), index: JSON.parse(JSON.stringify(own)) });

  assert.deepEqual(
    there.find("safe pla").map(({ id }) => id),
    ["place", "plan"],
  );
});

test("the beginning of a word is enough, and a slip is forgiven", () => {
  assert.deepEqual(found("shou"), ["recordings/safe-place"]);
  assert.deepEqual(found("shuolders"), ["recordings/safe-place"]);
  assert.deepEqual(found("SYSTÉMS"), ["learn/three-systems"]);
});

test("with all words where there are any, else with some of them", () => {
  assert.deepEqual(found("three circles"), ["worksheets/three-circles"]);
  assert.deepEqual(found("circles marmalade"), ["worksheets/three-circles"]);
  assert.deepEqual(found("marmalade"), []);
  assert.deepEqual(found("   "), []);
});

test("words that every text has don't stand in the way", () => {
  const there = new Finder({ ...structuredClone(served), common: ["marmalade"] });

  assert.deepEqual(
    there.find("marmalade circles").map(({ id }) => id),
    ["worksheets/three-circles"],
  );
});

test("a result tells which words were found in it", () => {
  const [first] = finder().find("plac");

  assert.deepEqual([...first.terms], ["place"]);
  assert.deepEqual([first.title, first.small], ["Safe place", "5 min"]);
});

test("other words for a text find it before texts that merely have the word", () => {
  assert.deepEqual(found("anger"), ["learn/three-systems"]);
  assert.equal(found("place happy")[0], "recordings/safe-place");
});

test("letters that changed places are forgiven", () => {
  assert.deepEqual(found("balacne"), ["worksheets/three-circles"]);
});
