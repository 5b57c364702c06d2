// Stores unsaved words before the app removes the page's content: when it shows another page (router/), locks
// (session/) or hides everything (features/settings/hide.component.js). Each component with unsaved words registers a
// function that stores them.

/** @typedef {() => Promise<boolean>} Keep stores unsaved words; true if everything is stored now */

/** @type {Set<Keep>} */
const keepers = new Set();

/**
 * Register a function that stores a component's unsaved words.
 * @param {Keep} keep
 * @param {AbortSignal} signal of that component
 */
export function saveBeforeLeaving(keep, signal) {
  if (signal.aborted) return;
  keepers.add(keep);
  signal.addEventListener("abort", () => keepers.delete(keep), { once: true });
}

/** Store all unsaved words. Return whether that worked, so that the content may be removed. */
export async function mayLeave() {
  const results = await Promise.all(Array.from(keepers, (keep) => keep().catch(() => false)));
  return results.every(Boolean);
}
