// "Keep everything on this phone": one tap saves all chosen recordings. Saving continues from page to page.
import { DownloadsCard } from "./keep-everything.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(section, signal) {
  const place = section.querySelector("[data-keep-all]");
  const notices = section.querySelector("[data-notices]");
  if (!(place instanceof HTMLElement) || !(notices instanceof HTMLElement)) return;
  // Private windows and plain HTTP have no service worker, which plays saved recordings.
  if (!("serviceWorker" in navigator)) {
    section.hidden = true;
    return;
  }
  await new DownloadsCard(place, notices, signal).begin();
}
