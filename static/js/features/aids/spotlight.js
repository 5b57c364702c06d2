// Focus on one paragraph: a sheet in the colour of the paper lies over the page, with a window where the paragraph is.
// The sheet fades the other paragraphs without changing their colours. It lies on the page and scrolls with it.
import { h } from "../../platform/dom.js";
import { blockNear, blockOf, blocks } from "./blocks.js";

/** @import { Follower } from "./reading-place.js" */

/** The space between the paragraph and the edge of its window, in px. */
const MARGIN = 8;

/** @param {HTMLElement} part @param {AbortSignal} signal @returns {Follower} */
export function spotlight(part, signal) {
  const frame = h("div", { class: "aid-window", "aria-hidden": "true" });
  part.append(frame);
  /** @type {Element | null} */
  let block = null;
  const draw = () => place(frame, block);
  // Whatever grows or shrinks may move the paragraph.
  const observer = new ResizeObserver(draw);
  signal.addEventListener("abort", () => observer.disconnect());

  /** @param {Element | null} next */
  const show = (next) => {
    block = next;
    observer.disconnect();
    for (const each of [document.body, block]) if (each) observer.observe(each);
    draw();
  };
  const tap = (/** @type {Event} */ { target }) => {
    const tapped = target instanceof Element ? blockOf(target) : null;
    if (tapped) show(tapped);
  };
  document.addEventListener("click", tap, { signal, passive: true, capture: true });

  return {
    move({ y, element, by }) {
      const pointed = by === "pointer" && element && blockOf(element);
      if (pointed) show(pointed);
      else if (by === "focus" && element?.closest("main")) show(blockOf(element) ?? element);
      else if (by === "scroll" && !isOnScreen(block)) show(blockNear(y));
      else draw();
    },
    step(direction) {
      const next = neighbour(block, direction);
      if (next) next.scrollIntoView({ block: "center", behavior: "instant" });
      return next;
    },
  };
}

/** Return the next block, or the one before. @param {Element | null} block @param {number} direction */
function neighbour(block, direction) {
  const all = blocks();
  if (!block) return all[0] ?? null;
  const side = direction > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const there = all.filter(
    (each) => block.compareDocumentPosition(each) & side && !each.contains(block),
  );
  return there.at(direction > 0 ? 0 : -1) ?? null;
}

/** @param {Element | null} block */
function isOnScreen(block) {
  if (!block?.checkVisibility()) return false;
  const { top, bottom } = block.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Lay the window over a block. Without one, the page is as usual. @param {HTMLElement} frame @param {Element | null} block */
function place(frame, block) {
  frame.hidden = !block?.checkVisibility();
  if (!block || frame.hidden) return;
  const { left, right, top, bottom } = block.getBoundingClientRect();
  // Wider than the page, it would make the page scroll sideways.
  const start = Math.max(0, left - MARGIN);
  const end = Math.min(document.documentElement.clientWidth, right + MARGIN);
  const sides = {
    left: start + scrollX,
    top: top - MARGIN + scrollY,
    width: end - start,
    height: bottom - top + 2 * MARGIN,
  };
  for (const [side, px] of Object.entries(sides)) frame.style.setProperty(side, `${px}px`);
}
