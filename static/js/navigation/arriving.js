// What tells the reader that another page is here, or is on its way.
import { say } from "../lib/dom.js";

/** Waiting is shown after so long (ms): what comes at once needs no sign. */
const MOMENT = 300;

/** The new page's heading has the keyboard, and its title is read out: what it is about, where titles don't say. */
export function arrive() {
  const heading = document.querySelector("main h1") ?? document.querySelector("main");
  if (heading instanceof HTMLElement) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  const news = document.querySelector("[data-arrived]");
  const isDiscreet = document.documentElement.dataset.discreet !== undefined;
  const title = isDiscreet ? heading?.matches("h1") && heading.textContent : document.title;
  if (news) say(news, title || document.title);
}

/** Show that a page is on its way. @param {AbortSignal} signal @returns {() => void} ends it */
export function showGoing(signal) {
  const root = document.documentElement;
  const timer = setTimeout(() => (root.dataset.going = ""), MOMENT);
  let isOver = false;
  const end = () => {
    // The next one may be on its way by now.
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    delete root.dataset.going;
  };
  signal.addEventListener("abort", end, { once: true });
  return end;
}
