// Starts what the page has: each [data-module="name"] gets components/<name>.js, loaded then.
import { hasEntries } from "./lib/memory.js";
import { loadMessages } from "./lib/messages.js";
import { followRemoval } from "./lib/removal.js";

/** @typedef {(element: HTMLElement) => void | Promise<void>} Start */

/** @type {Record<string, () => Promise<{default: Start}>>} */
const components = {
  "backup-settings": () => import("./components/backup-settings.js"),
  continue: () => import("./components/continue.js"),
  hide: () => import("./components/hide.js"),
  "install-card": () => import("./components/install-card.js"),
  "install-help": () => import("./components/install-help.js"),
  "kind-words": () => import("./components/kind-words.js"),
  language: () => import("./components/language.js"),
  notes: () => import("./components/notes.js"),
  player: () => import("./components/player.js"),
  "privacy-settings": () => import("./components/privacy-settings.js"),
  reading: () => import("./components/reading.js"),
  "save-recording": () => import("./components/save-recording.js"),
  "saved-mark": () => import("./components/saved-mark.js"),
  "storage-settings": () => import("./components/storage-settings.js"),
  worksheet: () => import("./components/worksheet.js"),
};

/** @param {HTMLElement} element */
async function start(element) {
  const name = element.dataset.module ?? "";
  try {
    const { default: begin } = await components[name]();
    await begin(element);
  } catch (error) {
    // One broken component must not take the others with it.
    console.error(`component "${name}" did not start`, error);
  }
}

async function main() {
  followRemoval();
  await loadMessages();
  /** @type {NodeListOf<HTMLElement>} */
  const elements = document.querySelectorAll("[data-module]");
  // nhsuk's markup names modules of its own; none of those in use needs a script.
  const ours = Array.from(elements).filter(({ dataset }) => String(dataset.module) in components);
  await Promise.all(ours.map(start));
  // The rest waits until the page is readable: nothing of it is needed for reading.
  const { keepOffline } = await import("./components/keep-offline.js");
  await keepOffline();
  // Words that wait for the server go there from whichever page is opened next.
  if (hasEntries()) await (await import("./lib/vault.js")).vault();
}

main();
