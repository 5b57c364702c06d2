import assert from "node:assert/strict";
import { test } from "node:test";
import { isFollowed, isPlain } from "../../../static/js/router/links.js";

const HERE = { href: "https://practice.example/en/recordings/safe-place?x=1", locale: "en" };

/** @param {string} href @param {object} [more] */
const follows = (href, more) => isFollowed({ href, target: "", isDownload: false, ...more }, HERE);

const click = (own = {}) => ({
  defaultPrevented: false,
  button: 0,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...own,
});

test("pages of the app in the same language are followed", () => {
  for (const href of [
    "/en/",
    "/en/notes/",
    "/en/worksheets/three-circles#e=x",
    "../help",
    "/en/settings/reading",
  ]) {
    assert.equal(follows(href), true, href);
  }
});

test("another language, another site and other protocols open as usual", () => {
  const others = [
    "/ar/",
    "/",
    "/english/",
    "https://elsewhere.example/en/",
    "http://practice.example/en/",
    "tel:116123",
    "mailto:a@b.example",
    "blob:https://practice.example/en/1",
  ];
  for (const href of others) assert.equal(follows(href), false, href);
});

test("what isn't a page opens as usual", () => {
  for (const href of [
    "/media/en/a.mp3",
    "/en/app.webmanifest",
    "/en/calendar.ics",
    "/static/a.css",
  ]) {
    assert.equal(follows(href), false, href);
  }
});

test("the page that hides everything, and the choice of a language, are really opened", () => {
  for (const href of ["/en/hidden", "/en/settings/language", "/en/offline"]) {
    assert.equal(follows(href), false, href);
  }
});

test("downloads and other windows are left to the browser", () => {
  assert.equal(follows("/en/help", { isDownload: true }), false);
  assert.equal(follows("/en/help", { target: "_blank" }), false);
  assert.equal(follows("/en/help", { target: "_self" }), true);
});

test("a place within the page is left to the browser", () => {
  assert.equal(follows("#main"), false);
  assert.equal(follows("/en/recordings/safe-place?x=1#short"), false);
  assert.equal(follows("/en/recordings/safe-place?x=1"), true);
  assert.equal(follows("/en/recordings/other#short"), true);
});

test("a click with a key, another button or one that is taken care of is not plain", () => {
  assert.equal(isPlain(click()), true);
  for (const own of [
    { altKey: true },
    { ctrlKey: true },
    { metaKey: true },
    { shiftKey: true },
    { button: 1 },
    { defaultPrevented: true },
  ]) {
    assert.equal(isPlain(click(own)), false, JSON.stringify(own));
  }
});
