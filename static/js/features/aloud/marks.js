// Marks what is being read, and keeps it in sight. The word is marked by the browser's highlights, which change nothing
// in the page; where there are none, only the block is marked.
import { isStill } from "../../platform/motion.js";

/** @typedef {import("./gather.js").Block} Block */
/** @typedef {import("./gather.js").Part} Part */

const WORD = "aloud-word";

export class Marks {
  /** @type {Element | undefined} */
  #element;

  /**
   * Mark a block. Scroll to it, unless the reader has scrolled away from the block before it.
   * @param {Block} block
   * @param {boolean} isAsked the reader chose it, so scroll in any case
   */
  block({ element }, isAsked) {
    const follows = isAsked || !this.#element || isInSight(this.#element);
    this.clear();
    this.#element = element;
    element.toggleAttribute("data-spoken", true);
    if (follows) scrollTo(element);
  }

  /** Mark a word. @param {Part} part @param {number} from @param {number} to */
  word({ pieces }, from, to) {
    if (!("highlights" in CSS)) return;
    const [start, end] = [pieceAt(pieces, from), pieceAt(pieces, to - 1)];
    if (!start || !end) return void CSS.highlights.delete(WORD);
    const range = document.createRange();
    range.setStart(start.node, Math.min(from - start.at, start.node.length));
    range.setEnd(end.node, Math.min(to - end.at, end.node.length));
    CSS.highlights.set(WORD, new Highlight(range));
  }

  clear() {
    this.#element?.removeAttribute("data-spoken");
    if ("highlights" in CSS) CSS.highlights.delete(WORD);
  }
}

/**
 * Return the piece of the page that has a character of a text.
 * @template {{at: number, node: {length: number}}} P
 * @param {P[]} pieces
 * @param {number} index
 * @returns {P | undefined} undefined if the page doesn't show it, as with the number of a list item
 */
export function pieceAt(pieces, index) {
  return pieces.find(({ at, node }) => at <= index && index < at + node.length);
}

/** The part of the window that nothing covers, in px from its upper edge. */
function sight() {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  return {
    top: parseFloat(scrollPaddingTop) || 0,
    bottom: innerHeight - (parseFloat(scrollPaddingBottom) || 0),
  };
}

/** @param {Element} element */
function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < sight().bottom;
}

/** Scroll so that the whole element can be seen, or its beginning. @param {Element} element */
function scrollTo(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  const { top: upper, bottom: lower } = sight();
  if (top >= upper && bottom <= lower) return;
  const block = height < lower - upper ? "center" : "start";
  element.scrollIntoView({ block, behavior: isStill() ? "auto" : "smooth" });
}
