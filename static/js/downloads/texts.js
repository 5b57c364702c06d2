// The texts about saving a recording on this phone.
import { size } from "../platform/dates.js";
import { gettext } from "../platform/i18n.js";

/** @typedef {"none" | "saving" | "waiting" | "checking" | "partial" | "saved" | "replaced"} State */
/** @typedef {{done: number, size: number}} Amount in bytes */

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
        "Waiting for a connection. What is here already stays: %(done)s of %(total)s.",
        sizes,
      );
    case "checking":
      return gettext("Checking that all of it arrived…");
    case "partial":
      return gettext("Paused at %(done)s of %(total)s.", sizes);
    case "saved":
      return gettext("Saved on this phone. It plays with no signal.");
    case "replaced":
      return gettext(
        "There is a newer recording. The one on this phone still plays with no signal.",
      );
  }
}

/** Return the text that says why saving stopped, or null without an error. @param {unknown} error */
export function problemWords(error) {
  if (error === undefined) return null;
  switch (error instanceof Error ? error.name : "") {
    case "StorageFullError":
      return gettext(
        "This phone has no room left for it. Remove something you no longer need, then try again.",
      );
    case "DamagedError":
      return gettext("The recording arrived damaged, so it was not kept. Try again.");
    case "GoneError":
      return gettext(
        "The service no longer has this recording. Open this page again when you are online: there may be a new one.",
      );
    default:
      return gettext(
        "Saving stopped. Try again when the connection is better. Nothing that was saved is lost.",
      );
  }
}

/** Return whether saving stopped because storage is full. @param {unknown} error */
export function isFull(error) {
  return error instanceof Error && error.name === "StorageFullError";
}
