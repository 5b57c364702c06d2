// The "Check what is saved" section: checks all saved recordings and fetches missing parts again.
import { reportFailure } from "../../platform/reopening.js";
import { say } from "../../platform/dom.js";
import { size } from "../../platform/dates.js";
import { gettext, ngettext, number, pgettext } from "../../platform/i18n.js";
import { checked } from "../../downloads/check-dates.js";
import { isMetered } from "../../downloads/connection.js";
import { downloads } from "../../downloads/manager.js";

/** @typedef {import("../../downloads/verify.js").Checked} Checked */

/**
 * Start a check whenever the button is pressed, and show its result.
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
      const { checkSaved } = await import("../../downloads/verify.js");
      const outcome = await checkSaved({ since: Date.now(), signal });
      checked();
      say(result, outcomeWords(outcome));
      if (outcome.paths.length) fetchAgain(outcome);
    } catch (error) {
      if (signal.aborted) return;
      reportFailure("the check stopped", error);
      say(result, gettext("The check stopped. Try it again."));
    }
    button.disabled = false;
    // The list and the notices show what is missing now.
    document.dispatchEvent(new CustomEvent("recordings-changed"));
  });
}

/**
 * Fetch the missing parts. With the button press the user agrees to this too, but not to mobile data.
 * @param {Checked} outcome
 */
function fetchAgain({ paths }) {
  if (isMetered()) return;
  downloads.enqueue(paths.map((path) => path.replace(/^\/saved\//, "/media/")));
}

/** @param {Checked} outcome */
function outcomeWords({ recordings, bytes, paths }) {
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
