import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decide, localeOf } from "../../../service_worker/rules.js";

const GET = { method: "GET", navigates: false, refills: false };
const source = (request) => decide({ ...GET, ...request }).from;

test("a recording from the server is never touched", () => {
  assert.equal(source({ path: "/media/en/calm.mp3" }), "network");
  assert.equal(source({ path: "/media/en/calm.mp3", navigates: true }), "network");
});

test("the backup is never touched", () => {
  assert.equal(source({ path: "/api/v1/records" }), "network");
});

test("signing in is left to the browser, which then asks for a password", () => {
  assert.equal(source({ path: "/sign-in", navigates: true }), "network");
});

test("a saved recording comes out of this phone, by whatever method it is asked for", () => {
  for (const method of ["GET", "HEAD", "POST"]) {
    assert.equal(source({ path: "/saved/en/calm.mp3", method }), "saved");
  }
});

test("a page comes from the snapshot of its language", () => {
  assert.deepEqual(decide({ ...GET, path: "/ar/learn/", navigates: true }), {
    from: "page",
    locale: "ar",
  });
});

test("an address without a language is still a page", () => {
  assert.deepEqual(decide({ ...GET, path: "/", navigates: true }), { from: "page", locale: null });
});

test("what a script asks for beside pages is the network's", () => {
  assert.equal(source({ path: "/en/offline.json" }), "network");
  assert.equal(source({ path: "/en/learn/" }), "network");
  assert.equal(source({ path: "/healthz" }), "network");
});

test("a language's strings and manifest come with its snapshot", () => {
  assert.equal(source({ path: "/ar/messages.json" }), "page");
  assert.equal(source({ path: "/ar/messages/practice-note.json" }), "page");
  assert.equal(source({ path: "/ar/items.json" }), "page");
  assert.equal(source({ path: "/ar/drawings.svg" }), "page");
  assert.equal(source({ path: "/ar/search.json" }), "page");
  assert.equal(source({ path: "/ar/worksheets.json" }), "page");
  assert.equal(source({ path: "/ar/discreet.webmanifest" }), "page");
  assert.equal(source({ path: "/ar/app.webmanifest" }), "page");
});

test("hashed files come from any cache", () => {
  assert.equal(source({ path: "/static/js/main-ABC.js" }), "static");
});

test("nothing that fills a cache is answered out of one", () => {
  const path = fc.oneof(
    fc.constantFrom("/en/", "/en/messages.json", "/en/app.webmanifest", "/static/js/a-1.js"),
    fc.string().map((rest) => `/${rest}`),
  );
  fc.assert(
    fc.property(path, (asked) => {
      fc.pre(!asked.startsWith("/saved/"));
      assert.equal(source({ path: asked, refills: true }), "network");
    }),
  );
});

test("only GET is ever answered from a cache", () => {
  for (const path of ["/en/", "/static/js/a-1.js", "/en/messages.json"]) {
    assert.equal(source({ path, method: "POST", navigates: true }), "network");
  }
});

test("languages are read off addresses, with their regions and scripts", () => {
  const cases = {
    "/en/": "en",
    "/en": "en",
    "/pt-BR/help": "pt-BR",
    "/zh-Hant-TW/": "zh-Hant-TW",
    "/es-419/": "es-419",
    "/english/": null,
    "/": null,
    "//en/": null,
    "/EN/": null,
  };
  for (const [path, locale] of Object.entries(cases)) assert.equal(localeOf(path), locale, path);
});
