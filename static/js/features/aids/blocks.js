// The blocks of a page, which are read one at a time, and their text.

/** What is read as one piece, unless it has such pieces in it. */
const PIECES =
  "h1, h2, h3, p, li, dt, dd, figcaption, blockquote, summary, legend, td, th, svg[role=img], .card, .row, .notice";
/** A question and its field, whatever is in them. */
const WHOLE = ".nhsuk-form-group, .seg";
const BLOCKS = `${PIECES}, ${WHOLE}`;

/** Text that is on the page, but not to be seen. */
const UNSEEN = ".sr, .nhsuk-u-visually-hidden, title, desc, option, textarea, script, template";

const isSeen = (/** @type {Element} */ element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest(UNSEEN);

const isBlock = (/** @type {Element} */ element) =>
  element.matches(WHOLE)
    ? !element.querySelector(WHOLE)
    : !element.closest(WHOLE) && !element.querySelector(BLOCKS);

/** Return the blocks in <main> in their order. */
export function blocks() {
  const all = [...document.querySelectorAll(`main :is(${BLOCKS})`)];
  return all.filter((element) => isBlock(element) && isSeen(element));
}

/** Return the block in <main> that an element belongs to. @param {Element} element */
export function blockOf(element) {
  const block = element.closest(WHOLE) ?? element.closest(BLOCKS);
  return block && block.closest("main") && isBlock(block) ? block : null;
}

/** Return the block nearest to a height on the screen. @param {number} y in px */
export function blockNear(y) {
  const distance = (/** @type {Element} */ block) => {
    const { top, bottom } = block.getBoundingClientRect();
    return Math.max(top - y, y - bottom, 0);
  };
  return blocks().reduce(
    (/** @type {Element | null} */ nearest, block) =>
      nearest && distance(nearest) <= distance(block) ? nearest : block,
    null,
  );
}

/**
 * Return the text of an element that can be seen, and how much of it stands before a place in it. Words of different
 * boxes are kept apart.
 * @param {Element} element
 * @param {{node: Node, offset: number} | null} [caret]
 */
export function textOf(element, caret) {
  let text = "";
  let before = 0;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const parent = node.parentElement;
    if (!parent || !isSeen(parent)) continue;
    if (text && getComputedStyle(parent).display !== "inline") text += " ";
    if (node === caret?.node) before = text.length + caret.offset;
    text += node.data;
  }
  return { text, before };
}

/**
 * Split a text into the word at a place, and what stands before and after it.
 * @param {string} text
 * @param {number} at
 * @returns {[before: string, word: string, after: string]}
 */
export function wordAt(text, at) {
  const start = text.slice(0, at).search(/\S*$/);
  const end = at + text.slice(at).search(/\s|$/);
  return [text.slice(0, start), text.slice(start, end), text.slice(end)];
}
