/** Stores what the reader typed last before they leave the page. */
import { saveBeforeLeaving } from "../platform/leaving.js";

/** @import { EntryForm } from "./entry-form.js" */

/** Save a sheet whenever the reader hides or leaves the page. @param {EntryForm} sheet @param {AbortSignal} signal */
export function keepUntilSaved(sheet, signal) {
  const flush = () => sheet.flush();
  document.addEventListener("visibilitychange", flush, { signal });
  addEventListener("pagehide", flush, { signal });
  const warn = (/** @type {Event} */ event) => {
    flush();
    // Saving failed, so the words exist only on this screen. Let the browser ask whether to leave.
    if (sheet.saving.error) event.preventDefault();
  };
  addEventListener("beforeunload", warn, { signal });
  const saveFirst = async (/** @type {MouseEvent} */ event) => {
    const link = sheet.saving.saving ? linkOf(event) : null;
    if (!link) return;
    event.preventDefault();
    await flush();
    // Everything is stored. Click again, so that the other listeners see the click too.
    link.click();
  };
  document.addEventListener("click", saveFirst, { signal });
  const save = () => flush().then(() => !sheet.saving.unsaved);
  saveBeforeLeaving(save, signal);
}

/**
 * Return the link to another page of this site that the click would open in this tab, otherwise null. Also return null
 * if a script has already handled the click: the button that hides the page must not wait.
 * @param {MouseEvent} event
 */
function linkOf({ target, defaultPrevented, button, ctrlKey, metaKey, shiftKey }) {
  const link = target instanceof Element ? target.closest("a") : null;
  if (!link?.href || defaultPrevented || button || ctrlKey || metaKey || shiftKey) return null;
  const isOtherPage = link.origin === location.origin && link.pathname !== location.pathname;
  return isOtherPage && !link.target && !link.hasAttribute("download") ? link : null;
}
