import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { fromWords, toWords } from "../../../static/js/data/phrase.js";
import { fromHex, toHex, vectors } from "../support/vectors.js";

const { secret, words } = vectors.keys[1];

for (const { secret, words } of vectors.keys) {
  test(`${secret} is written in the words of the vectors and read from them`, async () => {
    assert.equal((await toWords(fromHex(secret))).join(" "), words);
    assert.equal(toHex(await fromWords(words)), secret);
  });
}

test("any secret comes back from its words", async () => {
  const secrets = fc.uint8Array({ minLength: 16, maxLength: 16 });
  await fc.assert(
    fc.asyncProperty(secrets, async (secret) => {
      assert.deepEqual(await fromWords((await toWords(secret)).join(" ")), secret);
    }),
  );
});

const forgiven = {
  "capital letters": words.toUpperCase(),
  "spaces and line breaks": `  ${words.replaceAll(" ", "\n\t  ")}\r\n`,
  numbering: words
    .split(" ")
    .map((word, index) => `${index + 1}. ${word}`)
    .join("\n"),
  "Arabic numbering": words
    .split(" ")
    .map((word, index) => `${(index + 1).toLocaleString("ar-EG")}- ${word}`)
    .join("\n"),
  "commas and full stops": `${words.replaceAll(" ", ", ")}.`,
  "four-letter abbreviations": words
    .split(" ")
    .map((word) => word.slice(0, 4))
    .join(" "),
  "full-width letters": words.replace(/[a-z]/g, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) + 0xfee0),
  ),
};

for (const [what, text] of Object.entries(forgiven)) {
  test(`${what} are forgiven`, async () => {
    assert.equal(toHex(await fromWords(text)), secret);
  });
}

/**
 * @param {string} text
 * @param {object} facts
 */
const refuses = (text, facts) => assert.rejects(fromWords(text), { name: "PhraseError", ...facts });

test("an unknown word is named with its position", async () => {
  const text = words.replace("liar", "lier");

  await refuses(text, { code: "unknown_word", word: "lier", position: 3 });
});

test("three letters are no abbreviation", async () => {
  await refuses(words.replace("abandon", "aba"), {
    code: "unknown_word",
    word: "aba",
    position: 1,
  });
});

test("too few words are counted", async () => {
  await refuses(words.split(" ").slice(1).join(" "), { code: "wrong_count", count: 11 });
});

test("no words at all are counted", async () => {
  await refuses(" 1. 2. 3. ", { code: "wrong_count", count: 0 });
});

test("two words that changed places are noticed", async () => {
  await refuses(words.replace("amount liar", "liar amount"), { code: "bad_checksum" });
});

test("the message of an error holds no word of the phrase", async () => {
  await assert.rejects(fromWords("secretword"), (error) => {
    assert.ok(!String(error).includes("secretword"));
    return true;
  });
});
