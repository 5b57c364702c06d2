// The eye in the header: the page goes at once, and Back doesn't bring it up again.
import { remember } from "../lib/memory.js";

/** @type {import("../main.js").Start} */
export default function start(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const hide = () => {
    // What was chosen for the help page lies open there (practice/chosen.js); the entry stays.
    remember("help-recordings", null);
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    hide();
  });
  let presses = 0;
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === 3) hide();
  });
}
