// The screen for scanning the code on another phone, with the camera or from a picture.
import { gettext } from "../../platform/i18n.js";
import { PhraseError } from "../../data/phrase.js";
import { readFile, scan as look } from "./camera.js";
import { clearFaults, showFaults } from "../../platform/forms.js";
import { bringBack } from "./restore-screen.js";

/** @import { ScreenContext } from "./backup-settings.component.js" */
/** @import { Fault } from "../../platform/forms.js" */
/** @import { View } from "../../platform/template-views.js" */

const PICTURE = "picture";

/**
 * Show the screen.
 * @param {ScreenContext} context
 * @param {{fault?: Fault}} [options] with a fault, the camera stays off
 */
export async function scan(context, { fault } = {}) {
  const view = context.views.show("scan", { restore: () => context.go("restore") });
  const picture = /** @type {HTMLInputElement} */ (view.find(`#${PICTURE}`));
  picture.addEventListener("change", () => readPicture(context, view, picture));
  if (fault) showFaults(view.element, [fault]);
  else await useCamera(context, view);
}

/** Scan with the camera. @param {ScreenContext} context @param {View} view */
async function useCamera(context, view) {
  const video = /** @type {HTMLVideoElement} */ (view.find("[data-camera]"));
  const ending = new AbortController();
  const stop = () => ending.abort();
  view.signal.addEventListener("abort", stop);
  // Switch the camera off when the reader leaves the page: a camera that stays on would frighten them.
  addEventListener("pagehide", stop, { signal: view.signal });
  video.hidden = false;
  try {
    const code = await look(video, ending.signal);
    if (code !== undefined && !view.signal.aborted) await take(context, code);
  } catch {
    if (view.signal.aborted) return;
    video.hidden = true;
    view.find("[data-aim]").hidden = true;
    const text = gettext("The camera can’t be used here. Type the words instead.");
    showFaults(view.element, [{ text }]);
  }
}

/** Scan a picture file. @param {ScreenContext} context @param {View} view @param {HTMLInputElement} picture */
async function readPicture(context, view, picture) {
  const [file] = picture.files ?? [];
  if (!file) return;
  clearFaults(view.element);
  const code = await readFile(file);
  if (view.signal.aborted) return;
  if (code !== undefined) return take(context, code);
  picture.value = "";
  const text = gettext("No code can be read in this picture. Choose another, or type the words.");
  showFaults(view.element, [{ text, field: PICTURE }]);
}

/** Restore the notes with a scanned code. @param {ScreenContext} context @param {string} code */
async function take(context, code) {
  const isHandled = (/** @type {any} */ error) => {
    if (!(error instanceof PhraseError)) return false;
    const text = gettext("This code isn’t from this app. Type the words instead.");
    context.go("scan", { fault: { text } });
    return true;
  };
  await bringBack(context, code, { isHandled });
}
