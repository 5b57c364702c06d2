// Runs once the page is readable: starts the service worker, then stores this language's pages for offline use.
import { isComputer } from "../../platform/device.js";
import { toast } from "../../platform/dom.js";
import { obstacle } from "../../platform/keeping.js";
import { recall } from "../../platform/storage.js";
import { codeOf } from "../../platform/errors.js";
import { gettext, locale } from "../../platform/i18n.js";
import { keepPages } from "../../downloads/snapshots.js";

/** Start the service worker, update this language's snapshot, then look after saved recordings. */
export async function keepOffline() {
  addEventListener("offline", () =>
    toast(
      isComputer()
        ? gettext("You are offline. Everything saved on this computer still works.")
        : gettext("You are offline. Everything saved on this phone still works."),
    ),
  );
  addEventListener("online", () => toast(gettext("You are online again."), undefined, 4));
  if (await obstacle()) return;
  try {
    await keepPages({
      locale: locale(),
      onProgress: (detail) => dispatch("pages-coming", detail),
    });
  } catch (error) {
    // For example offline, or no room. The pages stored before stay, and the next page tries again.
    console.info("pages were not brought up to date", error);
    // The page about what is kept on this phone says it itself.
    const isSaid = document.querySelector("[data-stale]") !== null;
    if (codeOf(error) === "sign_in" && !isSaid) await tellOfSignIn();
  }
  dispatch("pages-kept");
  try {
    await tendRecordings();
  } catch (error) {
    // For example no room. The next page tries again.
    console.info("the saved recordings were not looked after", error);
  }
}

/** Say that a sign-in in front of the service keeps newer pages from this phone. */
async function tellOfSignIn() {
  try {
    (await import("./sign-in-notice.js")).tellOfSignIn();
  } catch (error) {
    // The sign-in keeps the words from this phone, too. The next page tries again.
    console.info("the sign-in was not named", error);
  }
}

/** Look after recordings that are saved or being saved, if there are any. */
async function tendRecordings() {
  if (recall("keeping") === null && !(await caches.has("saved-recordings"))) return;
  const { maintain } = await import("../../downloads/maintenance.js");
  await maintain();
}

/** @param {string} name @param {unknown} [detail] */
function dispatch(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}
