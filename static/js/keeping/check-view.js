// "Check what is saved": looks through all of it, and fetches again what is gone.
import { say } from "../lib/dom.js";
import { size } from "../lib/dates.js";
import { gettext, ngettext, number, pgettext } from "../lib/messages.js";
import { checkSaved } from "../offline/checking.js";
import { checked } from "./check-dates.js";
import { isMetered } from "./connection.js";
import { planAlso } from "./plan.js";
import { session } from "./session.js";

/** @typedef {import("../offline/checking.js").Checked} Checked */

/**
 * @param {HTMLElement} section with a button and [data-result]
 * @param {AbortSignal} signal
 */
export function checkView(section, signal) {
  const result = section.querySelector("[data-result]");
  const button = section.querySelector("button");
  if (!result || !button) return;
  button.addEventListener("click", async () => {
    button.disabled = true;
    say(result, pgettext("what is saved is being looked through", "Checking…"));
    try {
      const found = await checkSaved({ since: Date.now(), signal });
      checked();
      say(result, foundWords(found));
      if (found.paths.length) fetchAgain(found);
    } catch (error) {
      if (signal.aborted) return;
      console.error("the check stopped", error);
      say(result, gettext("The check stopped. Try it again."));
    }
    button.disabled = false;
    // Rows and notices say what was found.
    document.dispatchEvent(new CustomEvent("recording-kept"));
  });
}

/** The tap that asked for the check agrees to this too, but not to mobile data. @param {Checked} found */
function fetchAgain({ paths }) {
  if (isMetered()) return;
  planAlso(paths.map((path) => path.replace(/^\/saved\//, "/media/")));
  session.planChanged();
}

/** @param {Checked} found */
function foundWords({ recordings, bytes, paths }) {
  if (!paths.length) {
    return ngettext(
      "The one recording is all right.",
      "All %(num)s recordings are all right.",
      recordings,
    );
  }
  const values = { size: size(bytes), count: number(recordings) };
  if (isMetered()) {
    return ngettext(
      "Part of %(num)s of %(count)s recordings is gone or damaged (%(size)s).",
      "Parts of %(num)s of %(count)s recordings are gone or damaged (%(size)s).",
      paths.length,
      values,
    );
  }
  return navigator.onLine
    ? ngettext(
        "Part of %(num)s of %(count)s recordings was gone or damaged (%(size)s). It is being fetched again.",
        "Parts of %(num)s of %(count)s recordings were gone or damaged (%(size)s). They are being fetched again.",
        paths.length,
        values,
      )
    : ngettext(
        "Part of %(num)s of %(count)s recordings is gone or damaged (%(size)s). It is fetched again as soon as there is a connection.",
        "Parts of %(num)s of %(count)s recordings are gone or damaged (%(size)s). They are fetched again as soon as there is a connection.",
        paths.length,
        values,
      );
}
