import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

// A browser's history, as far as it is used.
let entries = [{ state: null, url: "/en/" }];
let at = 0;
globalThis.history = /** @type {any} */ ({
  scrollRestoration: "auto",
  get state() {
    return entries[at].state;
  },
  pushState(state, _, url) {
    entries = [...entries.slice(0, at + 1), { state, url }];
    at += 1;
  },
  replaceState(state) {
    entries[at] = { ...entries[at], state };
  },
});
globalThis.location = /** @type {any} */ ({ hash: "" });
globalThis.document = /** @type {any} */ ({ getElementById: () => null });
globalThis.scrollY = 0;
globalThis.scrollTo = /** @type {any} */ (({ top }) => (globalThis.scrollY = top));
globalThis.addEventListener = () => {};

const scrollPositions = await import("../../../static/js/router/scroll-positions.js");
scrollPositions.takeOverScrolling();

/** @param {number} step */
function traverse(step) {
  at += step;
  scrollPositions.leavePlace();
  scrollPositions.enterEntry();
  scrollPositions.findPlace();
}

/** @param {string} url */
function follow(url) {
  scrollPositions.leavePlace();
  scrollPositions.addEntry(url);
  scrollPositions.findPlace();
}

beforeEach(() => {
  globalThis.scrollY = 0;
});

test("a new page begins at its top", () => {
  globalThis.scrollY = 300;

  follow("/en/help");

  assert.equal(globalThis.scrollY, 0);
  assert.equal(history.scrollRestoration, "manual");
});

test("back and forward lead to where the reader was, in the first page too", () => {
  traverse(-1);
  globalThis.scrollY = 120;
  follow("/en/notes/");
  globalThis.scrollY = 40;

  traverse(-1);
  assert.equal(globalThis.scrollY, 120);
  traverse(1);
  assert.equal(globalThis.scrollY, 40);
});

test("an entry that something else made begins at its top and disturbs no place", () => {
  follow("/en/worksheets/three-circles");
  history.pushState(null, "", "#step=threat");
  globalThis.scrollY = 500;
  follow("/en/help");
  globalThis.scrollY = 70;

  traverse(-1);
  assert.equal(globalThis.scrollY, 0);
  traverse(1);
  assert.equal(globalThis.scrollY, 70);
});

test("a page that has grown since is scrolled once more, unless the reader has moved", () => {
  globalThis.scrollY = 200;
  follow("/en/notes/");
  at -= 1;
  scrollPositions.leavePlace();
  scrollPositions.enterEntry();
  let height = 50;
  globalThis.scrollTo = /** @type {any} */ (
    ({ top }) => (globalThis.scrollY = Math.min(top, height))
  );
  const again = scrollPositions.findPlace();
  height = 1000;
  again();
  assert.equal(globalThis.scrollY, 200);

  height = 50;
  const later = scrollPositions.findPlace();
  globalThis.scrollY = 10;
  later();
  assert.equal(globalThis.scrollY, 10);
});
