// Marks words that the glossary explains, for readers who have chosen so, and shows what a word means when it is
// tapped. The words come from the page of the glossary, which is on the phone with all other pages.
import { locale } from "../../platform/i18n.js";
import { once } from "../../platform/once.js";
import { shownPath } from "../../platform/page.js";
import { documentAt } from "../../router/documents.js";
import { finder } from "./matching.js";
import { mark, unmark } from "./marks.js";
import { Meaning } from "./meaning.js";

const glossary = once(load);
let isFollowing = false;
/** The content that has marks. @type {Element | null} */
let marked = null;

/** Follow the reader's choice, on this page and on those that replace it. */
export function followGlossary() {
  if (isFollowing) return;
  isFollowing = true;
  for (const event of ["reading-changed", "page-shown"]) {
    document.addEventListener(event, () => void update());
  }
  void update();
}

async function update() {
  // Without a connection and a snapshot there are no marks. The next page tries again.
  const words = await glossary().catch(() => null);
  const main = document.querySelector("main");
  if (!words || !main) return;
  const isWanted = document.documentElement.dataset.glossary === "on" && shownPath() !== words.path;
  if (main === marked && isWanted) return;
  words.meaning.close();
  if (isWanted) mark(main, words.find);
  else unmark(main);
  marked = isWanted ? main : null;
}

/** Read the page of the glossary. */
async function load() {
  const path = `/${locale()}/words`;
  const page = await documentAt(path, new AbortController().signal);
  const sections = Array.from(page.querySelectorAll("[data-word]"));
  const terms = sections.map((section) => ({
    word: section.getAttribute("data-word") ?? "",
    forms: section.getAttribute("data-forms")?.split("|").filter(Boolean) ?? [],
  }));
  const entries = new Map(sections.map((section, place) => [terms[place].word, section]));
  return { path, find: finder(terms), meaning: new Meaning(boxOf(page), entries) };
}

/** @param {Document} page */
function boxOf(page) {
  const template = page.querySelector("template[data-meaning]");
  const box = template instanceof HTMLTemplateElement && template.content.firstElementChild;
  if (!box) throw new Error("the glossary has no box for a meaning");
  return /** @type {HTMLElement} */ (document.importNode(box, true));
}
