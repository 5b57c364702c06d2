// Scrolls to a phrase of the transcript. If the transcript's box scrolls, the box moves; otherwise the page moves.
import { isStill } from "../../platform/motion.js";

/** The smallest space above a phrase, in px. */
const MARGIN = 8;

/** Return whether a phrase is visible now. @param {HTMLElement} phrase @param {HTMLElement} box */
export function isInView(phrase, box) {
  const { top, bottom } = phrase.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  const isInBox = bottom > frame.top && top < frame.bottom;
  return isInBox && bottom > 0 && top < innerHeight;
}

/**
 * Scroll a phrase to the middle. The motion is smooth unless the reader wants nothing to move.
 * @param {HTMLElement} phrase
 * @param {HTMLElement} box
 */
export function scrollTo(phrase, box) {
  const behavior = isStill() ? "auto" : "smooth";
  if (box.scrollHeight <= box.clientHeight + 1) {
    phrase.scrollIntoView({ block: "center", behavior });
    return;
  }
  // scrollIntoView would move the page too, and the player with it.
  const { top, height } = phrase.getBoundingClientRect();
  const topInBox = top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTo({ top: topInBox - Math.max(MARGIN, (visibleHeight(box) - height) / 2), behavior });
}

/** Return how many px of a box are visible above the fixed bar at the foot of the screen. @param {HTMLElement} box */
function visibleHeight(box) {
  const { top, bottom } = box.getBoundingClientRect();
  const barHeight =
    parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockEnd) || 0;
  return Math.min(bottom, innerHeight - barHeight) - Math.max(top, 0);
}
