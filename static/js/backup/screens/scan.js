// Scanning the code of another phone, by the camera or in a picture.
import { gettext } from "../../lib/messages.js";
import { PhraseError } from "../../data/phrase.js";
import { readFile, scan as look } from "../camera.js";
import { clearFaults, showFaults } from "../../lib/forms.js";
import { bringBack } from "./restore.js";

/** @import { Desk } from "../../components/backup-settings.js" */
/** @import { Fault } from "../../lib/forms.js" */
/** @import { View } from "../../lib/stage.js" */

const PICTURE = "picture";

/**
 * @param {Desk} desk
 * @param {{fault?: Fault}} [options] with one, the camera waits until it is asked for again
 */
export async function scan(desk, { fault } = {}) {
  const view = desk.stage.show("scan", { restore: () => desk.go("restore") });
  const picture = /** @type {HTMLInputElement} */ (view.find(`#${PICTURE}`));
  picture.addEventListener("change", () => readPicture(desk, view, picture));
  if (fault) showFaults(view.element, [fault]);
  else await useCamera(desk, view);
}

/** @param {Desk} desk @param {View} view */
async function useCamera(desk, view) {
  const video = /** @type {HTMLVideoElement} */ (view.find("[data-camera]"));
  const ending = new AbortController();
  const stop = () => ending.abort();
  view.signal.addEventListener("abort", stop);
  // A camera that goes on in the background would frighten anybody.
  addEventListener("pagehide", stop, { signal: view.signal });
  video.hidden = false;
  try {
    const text = await look(video, ending.signal);
    if (text !== undefined && !view.signal.aborted) await take(desk, text);
  } catch {
    if (view.signal.aborted) return;
    video.hidden = true;
    view.find("[data-aim]").hidden = true;
    const said = gettext("The camera can’t be used here. Type the words instead.");
    showFaults(view.element, [{ text: said }]);
  }
}

/** @param {Desk} desk @param {View} view @param {HTMLInputElement} picture */
async function readPicture(desk, view, picture) {
  const [file] = picture.files ?? [];
  if (!file) return;
  clearFaults(view.element);
  const text = await readFile(file);
  if (view.signal.aborted) return;
  if (text !== undefined) return take(desk, text);
  picture.value = "";
  const said = gettext("No code can be read in this picture. Choose another, or type the words.");
  showFaults(view.element, [{ text: said, field: PICTURE }]);
}

/** @param {Desk} desk @param {string} text */
async function take(desk, text) {
  await bringBack(desk, text, (error) => {
    if (!(error instanceof PhraseError)) return false;
    const said = gettext("This code isn’t from this app. Type the words instead.");
    desk.go("scan", { fault: { text: said } });
    return true;
  });
}
