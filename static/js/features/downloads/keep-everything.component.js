// "Save everything on this phone": one tap saves all chosen recordings. Saving continues from page to page.
import { obstacle } from "../../platform/keeping.js";
import { DownloadsCard } from "./keep-everything.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(section, signal) {
  const place = section.querySelector("[data-keep-all]");
  const notices = section.querySelector("[data-notices]");
  if (!(place instanceof HTMLElement) || !(notices instanceof HTMLElement)) return;
  if (await obstacle()) {
    section.hidden = true;
    return;
  }
  await new DownloadsCard(place, notices, signal).begin();
}
