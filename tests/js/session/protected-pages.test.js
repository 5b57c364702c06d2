import assert from "node:assert/strict";
import test from "node:test";
import { isAskedAt } from "../../../static/js/session/protected-pages.js";

for (const path of [
  "/en/notes/",
  "/ar/notes/practice",
  "/en/notes/note",
  "/en/worksheets/three-circles",
  "/en/worksheets/three-circles/1",
  "/pt-BR/recordings/my-letter",
  "/en/settings/backup",
  "/en/settings/lock",
]) {
  test(`${path} shows what somebody wrote, so it asks for the PIN`, () => {
    assert.equal(isAskedAt(path), true);
  });
}

for (const path of [
  "/en/",
  "/en/help",
  "/en/learn/three-systems",
  "/en/recordings/",
  "/en/recordings/soothing-rhythm-breathing",
  "/en/worksheets/",
  "/en/programme",
  "/en/settings/privacy",
  "/en/settings/storage",
  "/en/hidden",
]) {
  test(`${path} never asks for the PIN by itself`, () => {
    assert.equal(isAskedAt(path), false);
  });
}
