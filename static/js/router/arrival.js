// Tells the reader that another page is loading or has opened, when the app swaps the content itself.
import { say } from "../platform/dom.js";

/** Show that a page is loading only after this delay. A fast page needs no sign. In ms. */
const SIGN_DELAY = 300;

/**
 * Focus the new page's heading, and announce the page's title to screen readers. In discreet mode every page has the
 * same title, so announce the heading instead.
 */
export function arrive() {
  const heading = document.querySelector("main h1") ?? document.querySelector("main");
  if (heading instanceof HTMLElement) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  const status = document.querySelector("[data-arrived]");
  const isDiscreet = document.documentElement.dataset.discreet !== undefined;
  const title = isDiscreet ? heading?.matches("h1") && heading.textContent : document.title;
  if (status) say(status, title || document.title);
}

/**
 * Show that a page is loading.
 * @param {AbortSignal} signal also removes the sign
 * @returns {() => void} removes the sign
 */
export function showGoing(signal) {
  const root = document.documentElement;
  const timer = setTimeout(() => (root.dataset.going = ""), SIGN_DELAY);
  let hasEnded = false;
  const end = () => {
    // By now the sign may belong to the next page.
    if (hasEnded) return;
    hasEnded = true;
    clearTimeout(timer);
    delete root.dataset.going;
  };
  signal.addEventListener("abort", end, { once: true });
  return end;
}
