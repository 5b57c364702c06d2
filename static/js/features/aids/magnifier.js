// The magnifier: a lens at the edge of the screen with the text of what is read, twice as large. It is text in the
// page's font and not an enlarged picture, so it is sharp and wraps.
import { h } from "../../platform/dom.js";
import { textOf, wordAt } from "./blocks.js";

/** @import { Follower, Place } from "./reading-place.js" */

const ENLARGED = 2;
/** What the lens shows as one text. */
const TEXTS =
  "h1, h2, h3, p, li, dt, dd, td, th, label, legend, summary, figcaption, text, .nhsuk-hint";
const CONTROLS = "a, button, output";
const FIELDS = "input, textarea, select";
/** Nobody else should read over the shoulder what the field itself hides. */
const SECRET = "[type=password]";

/** @param {HTMLElement} part @param {AbortSignal} signal @returns {Follower} */
export function magnifier(part, signal) {
  const lens = h("div", { class: "aid-lens", "aria-hidden": "true" });
  /** @type {Element | null} */
  let shown = null;
  // What is read can be removed or hidden: by another page, or by the lock.
  const observer = new ResizeObserver(() => {
    if (shown && !shown.checkVisibility()) show(null);
  });
  signal.addEventListener("abort", () => observer.disconnect());
  part.append(lens);
  show(null);

  /** @param {Place | null} place */
  function show(place) {
    observer.disconnect();
    const [element, ...words] = place ? readingAt(place) : [null];
    shown = element;
    lens.hidden = !element;
    if (!place || !element) return;
    observer.observe(element);
    const head = document.querySelector(".top")?.getBoundingClientRect().bottom ?? 0;
    lens.style.setProperty("--head", `${Math.max(0, head)}px`);
    lens.dataset.at = place.y < innerHeight / 2 ? "bottom" : "top";
    write(lens, element, words);
  }
  return { move: show };
}

/**
 * Return what is read at a place: an element, and its text before the word, the word, and the text after it. Nothing is
 * returned where there is no text.
 * @param {Place} place
 * @returns {[Element, ...string[]] | [null]}
 */
function readingAt({ x, y, element, by }) {
  if (element?.matches(FIELDS)) return [element, ...wordsOfField(element)];
  const isFocused = by === "focus";
  const block = isFocused ? element : (element?.closest(TEXTS) ?? element?.closest(CONTROLS));
  if (!block) return [null];
  const { text, before } = textOf(block, isFocused ? null : caretAt(x, y));
  // A button may have only a picture.
  const words = wordAt(text.trim() ? text : (block.getAttribute("aria-label") ?? ""), before);
  return words.some((word) => word.trim()) ? [block, ...words] : [null];
}

/** Return what is written in a field, split at the caret, or its label. @param {Element} element */
function wordsOfField(element) {
  const field = /** @type {HTMLInputElement} */ (element);
  const isWritten = !field.matches(SECRET) && field.selectionStart != null && field.value;
  if (isWritten) return wordAt(field.value, field.selectionStart ?? 0);
  const label = field.labels?.[0];
  return wordAt(label ? textOf(label).text : (field.getAttribute("aria-label") ?? ""), 0);
}

/** Return the place in the text under a point. @param {number} x @param {number} y */
function caretAt(x, y) {
  const place = document.caretPositionFromPoint?.(x, y);
  if (place) return { node: place.offsetNode, offset: place.offset };
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/** @param {HTMLElement} lens @param {Element} element @param {string[]} words */
function write(lens, element, [before, word, after]) {
  const size = parseFloat(getComputedStyle(element).fontSize) * ENLARGED;
  lens.style.setProperty("--enlarged", `${size}px`);
  const language = element.closest("[lang]");
  lens.lang = language?.getAttribute("lang") ?? "";
  lens.dir = language?.getAttribute("dir") || document.documentElement.dir;
  const mark = document.createElement("mark");
  mark.textContent = word;
  lens.replaceChildren(before, mark, after);
  lens.scrollTop = mark.offsetTop - (lens.clientHeight - mark.offsetHeight) / 2;
}
