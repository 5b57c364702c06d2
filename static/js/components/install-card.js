// "Keep this on your home screen": shown until it is done, declined, or something is written. The style
// sheet shows it, by what theme.js found; here it is declined.
import { hasEntries, remember } from "../lib/memory.js";

/** @type {import("../main.js").Start} */
export default function start(card) {
  // Something was written since the first paint, on a page that has given way to this one.
  if (hasEntries()) delete document.documentElement.dataset.mayInstall;
  card.querySelector("[data-dismiss]")?.addEventListener("click", () => {
    remember("install-card", "declined");
    card.remove();
  });
}
