import assert from "node:assert/strict";
import { test } from "node:test";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { distance, nearestWord } from "../../../../static/js/features/backup/suggest.js";

test("a letter put in, left out or changed is one step, and so are two that changed places", () => {
  assert.equal(distance("ocean", "ocean"), 0);
  assert.equal(distance("oceann", "ocean"), 1);
  assert.equal(distance("ocen", "ocean"), 1);
  assert.equal(distance("ocesn", "ocean"), 1);
  assert.equal(distance("ocaen", "ocean"), 1);
  assert.equal(distance("", "ocean"), 5);
});

test("the one word that is a slip away is suggested", () => {
  assert.equal(nearestWord("whisp", ["whip", "ocean"]), "whip");
  assert.equal(nearestWord("abandn", wordlist), "abandon");
  assert.equal(nearestWord("ocaen", wordlist), "ocean");
});

test("nothing is suggested when two words are equally near", () => {
  assert.equal(nearestWord("cst", ["cat", "cut"]), undefined);
});

test("nothing is suggested for what is like no word", () => {
  assert.equal(nearestWord("zzzzzzzz", wordlist), undefined);
  assert.equal(nearestWord("", wordlist), undefined);
});

test("every word of the list is the nearest to itself", () => {
  for (const word of wordlist.slice(0, 200)) assert.equal(nearestWord(word, wordlist), word);
});
