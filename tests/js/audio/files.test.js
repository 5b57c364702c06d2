import assert from "node:assert/strict";
import { test } from "node:test";
import { choose } from "../../../static/js/audio/files.js";

const sounds = ["full-isabella", "full-george", "short-isabella"].map((name) => {
  const [version, voice] = name.split("-");
  return /** @type {any} */ ({ name, version, voice, locale: "en" });
});
const dora = /** @type {any} */ ({
  name: "full-dora",
  version: "full",
  voice: "dora",
  locale: "es",
});

const chosen = (version, voice) => choose([...sounds, dora], version, voice).name;

test("the wanted voice of the wanted version is taken", () => {
  assert.equal(chosen("full", "en/george"), "full-george");
});

test("a version without the wanted voice is taken in the voice that it has", () => {
  assert.equal(chosen("short", "en/george"), "short-isabella");
});

test("a voice in another language is told by its language too", () => {
  assert.equal(chosen("full", "es/dora"), "full-dora");
  assert.equal(chosen("full", "pt-BR/dora"), "full-isabella");
});

test("another voice of the same language comes before one of another", () => {
  assert.equal(chosen("full", "es/somebody"), "full-dora");
});

test("a version that there isn't gives the first sound", () => {
  assert.equal(chosen("", ""), "full-isabella");
});
