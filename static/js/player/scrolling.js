// Scrolling to the phrase that is spoken: in the box of the words where that scrolls, else the page.

/** What stays free above a phrase (px). */
const MARGIN = 8;

/** Whether a phrase can be seen now. @param {HTMLElement} phrase @param {HTMLElement} box */
export function isInView(phrase, box) {
  const { top, bottom } = phrase.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  const isInBox = bottom > frame.top && top < frame.bottom;
  return isInBox && bottom > 0 && top < innerHeight;
}

/** Bring a phrase to the middle, gently. @param {HTMLElement} phrase @param {HTMLElement} box */
export function scrollTo(phrase, box) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = calm ? "auto" : "smooth";
  if (box.scrollHeight <= box.clientHeight + 1) {
    phrase.scrollIntoView({ block: "center", behavior });
    return;
  }
  // Not scrollIntoView: it would move the page too, and the player with it.
  const { top, height } = phrase.getBoundingClientRect();
  const inBox = top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTo({ top: inBox - Math.max(MARGIN, (seenOf(box) - height) / 2), behavior });
}

/** How much of a box is on the screen, above the bar that covers its end. @param {HTMLElement} box */
function seenOf(box) {
  const { top, bottom } = box.getBoundingClientRect();
  const bar = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockEnd) || 0;
  return Math.min(bottom, innerHeight - bar) - Math.max(top, 0);
}
