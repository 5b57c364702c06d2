// The choice between a page's full text and its easy words. It holds for every page that has both.
import { check, choose } from "../../platform/reading-choices.js";

/** @type {import("../../platform/page.js").Start} */
export default function start(choice, signal) {
  choice.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) choose({ words: target.value });
  });
  // The panel over the page makes the same choice.
  document.addEventListener("reading-changed", () => check(choice), { signal });
  check(choice);
}
