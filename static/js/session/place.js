// Remembers the reader's place in a page while the lock is closed: how far they scrolled, and in which field they were.

/** Wait this long for the field, because components draw their parts one after the other. In ms. */
const PATIENCE = 2000;
/** Look for the field this often. In ms. */
const STEP = 50;

/**
 * A place in a page.
 * @typedef {{top: number, field: string, at: number | null}} Place
 *   `top` is in px, `field` is an id or "", `at` is the text cursor's position in a text area
 */

/** Return the reader's place. @param {HTMLElement} main @returns {Place} */
export function placeOf(main) {
  const active = document.activeElement;
  const field = main.contains(active) ? (active?.id ?? "") : "";
  return { top: scrollY, field, at: isText(active) ? active.selectionEnd : null };
}

/**
 * Take the reader back to their place.
 * @param {HTMLElement} main
 * @param {Place} [place] if undefined, go to the top of the page
 */
export async function findAgain(main, place) {
  const field = place?.field ? await whenShown(place.field) : null;
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

/**
 * Wait until a field can take the focus.
 * @param {string} id
 * @returns {Promise<HTMLElement | null>} null if it takes too long
 */
async function whenShown(id) {
  for (let waited = 0; waited < PATIENCE; waited += STEP) {
    const field = document.getElementById(id);
    if (field?.getClientRects().length && !field.matches(":disabled")) return field;
    await new Promise((resolve) => setTimeout(resolve, STEP));
  }
  return null;
}

/** @param {Element | null} element @returns {element is HTMLTextAreaElement} */
const isText = (element) => element instanceof HTMLTextAreaElement;
