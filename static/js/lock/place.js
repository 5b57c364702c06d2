// Where somebody was in a page, to find it again after the lock: scrolled to where, and in which field.

/** Parts of a page come one after the other; they are waited for that long, ms. */
const PATIENCE = 2000;
const STEP = 50;

/** @typedef {{top: number, field: string, at: number | null}} Place */

/** @param {HTMLElement} main @returns {Place} */
export function placeOf(main) {
  const active = document.activeElement;
  const field = main.contains(active) ? (active?.id ?? "") : "";
  return { top: scrollY, field, at: isText(active) ? active.selectionEnd : null };
}

/**
 * @param {HTMLElement} main
 * @param {Place} [place] undefined: the beginning
 */
export async function findAgain(main, place) {
  const field = place?.field ? await shown(place.field) : null;
  const heading = main.querySelector("h1");
  if (field) field.focus({ preventScroll: true });
  else if (heading instanceof HTMLElement) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  const at = place?.at ?? null;
  if (isText(field) && at !== null) field.setSelectionRange(at, at);
  scrollTo({ top: place?.top ?? 0, behavior: "instant" });
}

/** @param {string} id @returns {Promise<HTMLElement | null>} */
async function shown(id) {
  for (let waited = 0; waited < PATIENCE; waited += STEP) {
    const found = document.getElementById(id);
    if (found?.getClientRects().length && !found.matches(":disabled")) return found;
    await new Promise((resolve) => setTimeout(resolve, STEP));
  }
  return null;
}

/** @param {Element | null} element @returns {element is HTMLTextAreaElement} */
const isText = (element) => element instanceof HTMLTextAreaElement;
