// Says why notes can't be opened or kept here, and what helps (session/trouble.js).
import { gettext } from "../../platform/i18n.js";

/** @type {Record<string, () => string>} texts by the code of the error */
const TEXTS = {
  storage_insecure: () =>
    gettext(
      "Notes can only be kept at a secure address. The address of this page begins with http://. Ask your service for the one that begins with https://.",
    ),
  storage_missing: () =>
    gettext(
      "This browser can’t keep notes. This happens in some private windows and in old browsers. Open this page in a normal window or in another browser.",
    ),
  storage_refused: () =>
    gettext(
      "This browser is set to keep nothing from this site, so notes can’t be opened or kept here. Allow cookies and site data for this site in the browser’s settings. Then open this page again.",
    ),
  storage_newer: () =>
    gettext(
      "Your notes were last opened by a newer version of this app. They are safe. Open this page again when you are online. If that doesn’t help, tell your service.",
    ),
  storage_blocked: () =>
    gettext(
      "Your notes are open in another tab with an older version of this app. Close the other tabs, then open this page again.",
    ),
};

/** @type {import("../../platform/page.js").Start} */
export default function start(element) {
  const why = TEXTS[element.dataset.code ?? ""]?.();
  if (why) element.textContent = `${gettext("Your notes could not be opened.")} ${why}`;
}
