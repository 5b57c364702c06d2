import assert from "node:assert/strict";
import { test } from "node:test";
import "../../support/english-page.js";
import { el } from "../../support/small-page.js";
import { date } from "../../../../static/js/platform/dates.js";
import { gather } from "../../../../static/js/features/aloud/gather.js";
import { pieceAt } from "../../../../static/js/features/aloud/marks.js";
import { lookOf } from "../../../../static/js/features/aloud/looks.js";

const looks = (element) => lookOf(element, element.style);
const blocksOf = (...children) => gather(el("main", {}, ...children), "en", looks);
const textOf = ({ parts }) =>
  parts
    .map(({ text }) => text)
    .join("|")
    .replace(/ +/g, " ")
    .trim();
const textsOf = (...children) => blocksOf(...children).map(textOf);

test("Headings and paragraphs are read in their order", () => {
  const blocks = blocksOf(el("h1", {}, "Shame"), "\n  ", el("p", {}, "It is\n old."));

  assert.deepEqual(blocks.map(textOf), ["Shame", "It is old."]);
  assert.deepEqual(
    blocks.map(({ kind }) => kind),
    ["heading", "text"],
  );
});

test("Links and bold words stay within their sentence", () => {
  assert.deepEqual(
    textsOf(el("p", {}, "Read ", el("a", {}, el("b", {}, "this")), ", then rest.")),
    ["Read this, then rest."],
  );
});

test("A row’s title and the line below it are two blocks, because the page shows them so", () => {
  const row = el(
    "a",
    { style: { display: "flex" } },
    el("b", { style: { display: "block" } }, "Title"),
    el("small", {}, "5 min"),
  );

  assert.deepEqual(textsOf(el("ul", {}, el("li", {}, row))), ["Title", "5 min"]);
});

test("Numbered items say their number, unless the page hides it", () => {
  assert.deepEqual(
    textsOf(
      el(
        "ol",
        { start: "3" },
        el("li", {}, "Breathe"),
        el("li", {}),
        el("li", {}, el("p", {}, "Rest")),
      ),
    ),
    ["3. Breathe", "5. Rest"],
  );
  assert.deepEqual(
    textsOf(el("ol", {}, el("li", { style: { listStyleType: "none" } }, "Breathe"))),
    ["Breathe"],
  );
});

test("What is hidden, decoration, navigation or a button isn’t read", () => {
  assert.deepEqual(
    textsOf(
      el("p", { style: { display: "none" } }, "hidden"),
      el("p", { style: { visibility: "hidden" } }, "unseen"),
      el("p", { "aria-hidden": "true" }, "decoration"),
      el("span", { class: "small sr" }, "for screen readers"),
      el("nav", {}, el("a", {}, "Next page")),
      el("a", { class: "back" }, "Read"),
      el("button", {}, "Save"),
      el("div", { class: "no-print" }, el("p", {}, "Print")),
      el("details", {}, el("summary", {}, "More"), el("p", {}, "closed")),
      el("p", {}, " – "),
    ),
    [],
  );
});

test("A lead that isn’t printed, and what is opened, is read", () => {
  assert.deepEqual(
    textsOf(
      el("p", { class: "lead no-print" }, "About this sheet."),
      el(
        "details",
        { open: "" },
        el("summary", { style: { display: "list-item" } }, "More"),
        el("p", {}, "Words."),
      ),
    ),
    ["About this sheet.", "More", "Words."],
  );
});

test("A drawing is read by its label", () => {
  const words = {
    title: el("title", {}, "Three flows"),
    desc: el("desc", {}, "Arrows run both ways."),
  };
  const ownerDocument = { getElementById: (id) => words[id] ?? null };
  const drawing = el(
    "svg",
    { role: "img", "aria-labelledby": "title desc", props: { ownerDocument } },
    el("text", {}, "Me"),
  );

  assert.deepEqual(textsOf(drawing, el("svg", {}), el("img", { alt: "A hill" })), [
    "Three flows. Arrows run both ways.",
    "A hill",
  ]);
});

test("A question is read with its hint and what was written", () => {
  const input = (type, value, checked = false) => el("input", { props: { type, value, checked } });

  assert.deepEqual(
    textsOf(
      el("label", { style: { display: "block" } }, "What sets it off?"),
      el("div", {}, "A word is enough."),
      el("textarea", { props: { value: "Sunday" } }),
      input("text", ""),
      input("date", "2026-11-30"),
      input("date", "12026-11-30"),
      input("password", "secret"),
    ),
    [
      "What sets it off?",
      "A word is enough.",
      "Sunday",
      date(new Date(2026, 10, 30)),
      date(new Date(12026, 10, 30)),
    ],
  );
});

test("Of options, the chosen one is named so", () => {
  const option = (label, checked) =>
    el(
      "div",
      {},
      el("input", { props: { type: "radio", value: "1", checked } }),
      el("label", {}, label),
    );

  assert.deepEqual(textsOf(option("Yes", false), option("No", true)), ["Yes", "Chosen: No"]);
});

test("A passage in another language is a part of its own", () => {
  const [{ parts }] = blocksOf(el("p", {}, "Say ", el("bdi", { lang: "ar" }, "سلام"), " to it."));

  assert.deepEqual(
    parts.map(({ lang }) => lang),
    ["en", "ar", "en"],
  );
});

test("A place in a text is a place in the page", () => {
  const [{ parts }] = blocksOf(el("ol", {}, el("li", {}, "un", el("b", {}, "kind"))));
  const [{ text, pieces }] = parts;

  assert.deepEqual(
    pieces.map(({ at, node }) => text.slice(at, at + node.length)),
    ["un", "kind"],
  );
  assert.equal(text.slice(0, pieces[0].at), "1. ");
  const at = (index) => pieceAt(pieces, index)?.node.data;
  assert.deepEqual([at(0), at(3), at(4), at(5), at(9)], [undefined, "un", "un", "kind", undefined]);
});
