// The texts about saving a recording on this phone.
import { isComputer } from "../platform/device.js";
import { size } from "../platform/dates.js";
import { gettext } from "../platform/i18n.js";
import { signInWords } from "../platform/sign-in.js";

/** @typedef {"unreachable" | "foreign" | "no_parts" | "sign_in"} Trouble phases of downloads that are tried again by themselves */
/** @typedef {Trouble | "none" | "saving" | "waiting" | "checking" | "partial" | "saved" | "replaced"} State */
/** @typedef {{done: number, size: number}} Amount in bytes */

/**
 * Return the state of a file that is being saved.
 * @param {import("./shared-status.js").Phase} phase
 */
export function stateIn(phase) {
  switch (phase) {
    case "unreachable":
    case "foreign":
    case "no_parts":
    case "sign_in":
      return phase;
    case "offline":
    case "metered":
      return "waiting";
    default:
      return "saving";
  }
}

/** @param {State} state @param {Amount} amount */
export function stateWords(state, amount) {
  const sizes = { done: size(amount.done), total: size(amount.size) };
  switch (state) {
    case "none":
      return gettext("Save it once and it plays with no signal. It takes %(size)s.", {
        size: sizes.total,
      });
    case "saving":
      return gettext("Saving… %(done)s of %(total)s", sizes);
    case "waiting":
      return gettext(
        "Waiting for a connection. What’s already here stays: %(done)s of %(total)s.",
        sizes,
      );
    case "unreachable":
    case "foreign":
    case "no_parts":
    case "sign_in":
      return troubleWords(state);
    case "checking":
      return gettext("Checking that all of it arrived…");
    case "partial":
      return gettext("Paused at %(done)s of %(total)s.", sizes);
    case "saved":
      return isComputer()
        ? gettext("Saved on this computer. It plays with no signal.")
        : gettext("Saved on this phone. It plays with no signal.");
    case "replaced":
      return gettext(
        "There is a newer recording. The one on this phone still plays with no signal.",
      );
  }
}

/** Say what keeps recordings from coming just now. @param {Trouble} trouble */
export function troubleWords(trouble) {
  switch (trouble) {
    case "unreachable":
      return gettext("The service can’t be reached just now. It will try again by itself.");
    case "sign_in":
      return signInWords();
    case "foreign":
      return gettext(
        "Something on this network is answering instead of the service. Perhaps the Wi-Fi wants you to sign in. It will try again by itself.",
      );
    case "no_parts":
      return gettext(
        "This network only sends a recording in one piece, and cuts it off before the end. Another network may help. What’s already here stays.",
      );
  }
}

/**
 * Return the text that says why a recording isn't saved, or null without a problem.
 * @param {string} problem the code of an error, or ""
 */
export function problemWords(problem) {
  switch (problem) {
    case "":
      return null;
    case "storage_full":
      return gettext(
        "This phone has no room left for it. Remove something you no longer need, then try again.",
      );
    case "damaged":
      return gettext("The recording arrived damaged, so it was not kept. Try again.");
    case "gone":
      return gettext(
        "The service no longer has this recording. Open this page again when you are online: there may be a new one.",
      );
    default:
      return gettext(
        "Saving stopped. Try again when the connection is better. Nothing that was saved is lost.",
      );
  }
}
