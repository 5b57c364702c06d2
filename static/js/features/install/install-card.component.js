// The card "Keep this on your home screen". It is shown until the app is installed, the card is declined, or something
// is written. The style sheet shows the card, depending on what theme.js found. This script handles declining.
import { obstacle } from "../../platform/keeping.js";
import { hasEntries, remember } from "../../platform/storage.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(card) {
  // Something was written after the first paint, on an earlier page of this document.
  if (hasEntries()) delete document.documentElement.dataset.mayInstall;
  card.querySelector("[data-dismiss]")?.addEventListener("click", () => {
    remember("install-card", "declined");
    card.remove();
  });
  // The card promises that it works with no signal.
  if (await obstacle()) card.remove();
}
