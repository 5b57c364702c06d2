import assert from "node:assert/strict";
import { test } from "node:test";
import { choose } from "../../../static/js/player/files.js";

const sounds = ["full-isabella", "full-george", "short-isabella"].map((name) => {
  const [version, voice] = name.split("-");
  return /** @type {any} */ ({ name, version, voice });
});

const chosen = (version, voice) => choose(sounds, version, voice).name;

test("the wanted voice of the wanted version is taken", () => {
  assert.equal(chosen("full", "george"), "full-george");
});

test("a version without the wanted voice is taken in the voice that it has", () => {
  assert.equal(chosen("short", "george"), "short-isabella");
});

test("a version that there isn't gives the first sound", () => {
  assert.equal(chosen("", ""), "full-isabella");
});
