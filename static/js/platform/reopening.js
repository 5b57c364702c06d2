// Offers to open the page again when one of its scripts can't be loaded. A tab that was open during an update asks for
// scripts that the server has no more. Keep this module small: every page loads it, because nothing else can be loaded
// then.
import { toast } from "./dom.js";
import { gettext, pgettext } from "./i18n.js";
import { mayLeave } from "./leaving.js";

/** What the browsers say when import() fails: Chromium and Firefox, Safari, Safari for a page in place of a script. */
const FAILED_IMPORT = /dynamically imported module|module script failed|JavaScript MIME type/i;
/** The offer stays until it is taken, or another message replaces it. In seconds. */
const STAYS = 3600;

/** Watch for scripts that are missing, wherever nothing else handles the error. */
export function watchForMissingScripts() {
  addEventListener("unhandledrejection", ({ reason }) => offerReopening(reason));
}

/**
 * Log an error. If a script could not be loaded, offer to open the page again.
 * @param {string} what has failed, for developers
 * @param {unknown} error
 * @returns {boolean} whether the reader was told, so that other words about it would only confuse
 */
export function reportFailure(what, error) {
  console.error(what, error);
  return offerReopening(error);
}

/** @param {unknown} error @returns {boolean} whether a script could not be loaded */
function offerReopening(error) {
  const isMissing = error instanceof Error && FAILED_IMPORT.test(error.message);
  if (isMissing) {
    const again = { label: pgettext("button", "Open the page again"), act: reopen };
    toast(gettext("A part of this page could not be loaded."), again, STAYS);
  }
  return isMissing;
}

/** Open the page again, unless that would lose words, or there is no page to open. */
async function reopen() {
  if (!(await mayLeave()) || hasLooseWords()) {
    return void toast(gettext("Your last words are not saved yet, so this page stays open."));
  }
  if (!(await canBeOpened())) {
    return void toast(gettext("Try again when you are online."));
  }
  document.dispatchEvent(new Event("page-reopens"));
  location.reload();
}

/** Return whether there are words in a field whose component never started, so that nobody stores them. */
function hasLooseWords() {
  const fields = document.querySelectorAll("main :is(textarea, input.answer)");
  return Array.from(fields).some((field) => {
    const { value, defaultValue } = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (field);
    return value !== defaultValue && !field.closest("[data-started]");
  });
}

/** Return whether the worker or the server has a page to show. */
async function canBeOpened() {
  if (navigator.serviceWorker?.controller) return true;
  try {
    return (await fetch(location.href, { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
