// Before a page's content gives way to another's while the app goes on, what is on the screen only is
// stored: whoever holds such words says here how.

/** @typedef {() => Promise<boolean>} Keep stores what isn't stored yet; gives whether all of it is */

/** @type {Set<Keep>} */
const keepers = new Set();

/** @param {Keep} keep @param {AbortSignal} signal of the component that holds the words */
export function keepBeforeLeaving(keep, signal) {
  if (signal.aborted) return;
  keepers.add(keep);
  signal.addEventListener("abort", () => keepers.delete(keep), { once: true });
}

/** Store everything; gives whether the content may go. */
export async function mayLeave() {
  const kept = await Promise.all(Array.from(keepers, (keep) => keep().catch(() => false)));
  return kept.every(Boolean);
}
