// After the page is readable: the worker, then this language's pages for flight mode.
import { toast } from "../lib/dom.js";
import { recall } from "../lib/memory.js";
import { gettext, locale } from "../lib/messages.js";
import { keepPages, registerWorker } from "../offline/snapshots.js";

/** Start the worker and bring this language's snapshot up to date. */
export async function keepOffline() {
  addEventListener("offline", () =>
    toast(gettext("You are offline. Everything saved on this phone still works.")),
  );
  addEventListener("online", () => toast(gettext("You are online again."), undefined, 4));
  if (!("serviceWorker" in navigator)) return;
  try {
    await registerWorker();
    await keepPages({ locale: locale(), onProgress: (detail) => tell("pages-coming", detail) });
  } catch (error) {
    // Offline, or no room: what was kept before stays, and the next page tries again.
    console.info("pages were not brought up to date", error);
  }
  tell("pages-kept");
  await tendRecordings();
}

/** Recordings that are here or on their way, where there are any. */
async function tendRecordings() {
  if (recall("keeping") === null && !(await caches.has("saved-recordings"))) return;
  const { tend } = await import("../keeping/tend.js");
  await tend();
}

/** @param {string} what @param {unknown} [detail] */
function tell(what, detail) {
  document.dispatchEvent(new CustomEvent(what, { detail }));
}
