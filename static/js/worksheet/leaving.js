/** Nobody leaves a page without their last words: what was typed a moment ago is stored first. */
import { keepBeforeLeaving } from "../lib/leaving.js";

/** @import { Sheet } from "./sheet.js" */

/** @param {Sheet} sheet @param {AbortSignal} signal */
export function keepUntilSaved(sheet, signal) {
  const flush = () => sheet.flush();
  document.addEventListener("visibilitychange", flush, { signal });
  addEventListener("pagehide", flush, { signal });
  const ask = (/** @type {Event} */ event) => {
    flush();
    // The words are only on this screen: the browser asks.
    if (sheet.saving.error) event.preventDefault();
  };
  addEventListener("beforeunload", ask, { signal });
  const wait = async (/** @type {MouseEvent} */ event) => {
    const link = sheet.saving.saving ? linkOf(event) : null;
    if (!link) return;
    event.preventDefault();
    await flush();
    // Once more, now that nothing waits: whoever else looks after links sees it too.
    link.click();
  };
  document.addEventListener("click", wait, { signal });
  const keep = () => flush().then(() => !sheet.saving.unsaved);
  keepBeforeLeaving(keep, signal);
}

/**
 * The link that this click would follow in place of this page. Not one that a script has taken care of: the button that
 * hides the page waits for nothing.
 * @param {MouseEvent} event
 */
function linkOf({ target, defaultPrevented, button, ctrlKey, metaKey, shiftKey }) {
  const link = target instanceof Element ? target.closest("a") : null;
  if (!link?.href || defaultPrevented || button || ctrlKey || metaKey || shiftKey) return null;
  const elsewhere = link.origin === location.origin && link.pathname !== location.pathname;
  return elsewhere && !link.target && !link.hasAttribute("download") ? link : null;
}
