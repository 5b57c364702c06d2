// Marks words in the page's text, and takes the marks away again. Only text that came with the page is marked, never
// the reader's own words or what a script writes.

/** @import { Match } from "./matching.js" */

/** Running text. In each of these, a word is marked once. Two texts of which one is shown are two. */
const BLOCKS = "p, li, dd, legend, .nhsuk-hint, .nhsuk-details__text, .on-phone, .on-computer";
/** Text in these does something already, has another voice or language, or belongs to a script. */
const LEFT_ALONE = [
  "a, button, label, summary, output, input, textarea, select, [contenteditable]",
  "h1, h2, h3, h4, h5, h6, svg, code, .sr, .kicker, .term",
  // The reader's own words have the direction that they are written in.
  "[dir=auto], main [lang], [role=status], [role=alert], [aria-live]",
  // Paper, and parts that a worksheet's script fills, copies or counts.
  ".only-print, .printed, .blank, .group-item, .sheet-done, [data-notices], [data-save-line]",
].join();
/** Components that keep the text they came with. */
const STEADY = ["worksheet", "programme"];

/**
 * Mark words in a part of the page.
 * @param {Element} part
 * @param {(text: string) => Match[]} find
 */
export function mark(part, find) {
  /** @type {Map<Element, Set<string>>} */
  const seen = new Map();
  for (const [text, block] of textsIn(part)) {
    const words = seen.get(block) ?? new Set();
    seen.set(block, words);
    const matches = find(text.data).filter(({ word }) => !words.has(word) && words.add(word));
    // From the end, because a split text keeps only its beginning.
    for (const match of matches.reverse()) wrap(text, match);
  }
}

/** Take all marks away, so that each text is whole again. @param {ParentNode} part */
export function unmark(part) {
  for (const term of part.querySelectorAll(".term")) {
    const { parentNode } = term;
    term.replaceWith(...term.childNodes);
    parentNode?.normalize();
  }
}

/** @param {Element} part @returns {[Text, Element][]} each text that may be marked, and its block */
function textsIn(part) {
  /** @type {[Text, Element][]} */
  const texts = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    const block = text.data.trim() && text.parentElement ? blockOf(text.parentElement) : null;
    if (block) texts.push([text, block]);
  }
  return texts;
}

/** Return the block of a text in this element, or null if the text is left alone. @param {Element} element */
function blockOf(element) {
  const component = element.closest("[data-module]");
  const name = component?.getAttribute("data-module") ?? "";
  if (component && !STEADY.includes(name)) return null;
  return element.closest(LEFT_ALONE) ? null : element.closest(BLOCKS);
}

/**
 * Wrap a word. A <span> keeps its sentence in one piece for screen readers, and when it is copied; a <button> would not.
 * @param {Text} text @param {Match} match
 */
function wrap(text, { start, end, word }) {
  const found = text.splitText(start);
  found.splitText(end - start);
  const term = document.createElement("span");
  term.className = "term";
  term.tabIndex = 0;
  term.dataset.word = word;
  term.setAttribute("role", "button");
  term.setAttribute("aria-haspopup", "dialog");
  term.setAttribute("aria-expanded", "false");
  found.replaceWith(term);
  term.append(found);
}
