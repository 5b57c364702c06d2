import "../support/english-page.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, joinCodeFault } from "../../../static/js/session/problems.js";

test("an unknown word is named with its place", () => {
  const fault = explain({ code: "unknown_word", word: "oceann", position: 3 });

  assert.equal(fault.text, "“oceann” isn’t one of the possible words. Check word number 3.");
  assert.equal(fault.field, "phrase");
});

test("an unknown word with one like it comes with a suggestion", () => {
  const fault = explain({ code: "unknown_word", word: "oceann", position: 3, suggestion: "ocean" });

  assert.match(fault.text, /Did you mean “ocean”\?$/);
});

test("no words, one word and eleven words are told apart", () => {
  const said = [0, 1, 11].map((count) => explain({ code: "wrong_count", count }).text);

  assert.deepEqual(said, [
    "Type the twelve words.",
    "There is 1 word here. There should be twelve.",
    "There are 11 words here. There should be twelve.",
  ]);
});

test("waiting is said in whole minutes", () => {
  const said = [null, 1, 61, 600].map(
    (retryAfter) => explain({ code: "too_many_attempts", status: 429, retryAfter }).text,
  );

  assert.deepEqual(
    said.map((text) => text.match(/Wait (\d+ minutes?)/)?.[1]),
    ["1 minute", "1 minute", "2 minutes", "10 minutes"],
  );
});

test("a server in trouble is told from no connection", () => {
  assert.match(explain({ code: "http_502", status: 502 }).text, /^The server can’t save/);
  assert.match(explain({ code: "offline", status: 0 }).text, /^There is no connection/);
});

test("what nobody has foreseen is shown with its code", () => {
  const fault = explain({ code: "http_418", status: 418 });

  assert.equal(fault.details, "Code: http_418");
});

test("an error with the name of an object's own property is unforeseen, too", () => {
  assert.equal(explain({ code: "constructor" }).details, "Code: constructor");
});

test("a join code that is missing is told from a wrong one", () => {
  assert.match(joinCodeFault("").text, /asks for a code/);
  assert.match(joinCodeFault("abc").text, /isn’t right/);
});
