// Remembers the scroll position of each page, by its entry in the browser's history.

/** Key of the history entry -> scroll position in px. @type {Map<string, number>} */
const positions = new Map();
/** The key of the current history entry. */
let key = keyOf(history.state) ?? "first";

/** Restore scroll positions here. The browser would do it too early, before the page is swapped in. */
export function takeOverScrolling() {
  history.scrollRestoration = "manual";
  // When the page is loaded again, only the browser can restore the position.
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
  addEventListener("pageshow", () => (history.scrollRestoration = "manual"));
  addFirstKey();
}

/** Remember the scroll position. Call this before the content is swapped. */
export function leavePlace() {
  if (key) positions.set(key, scrollY);
}

/** Add a history entry for a new page. @param {string} href */
export function addEntry(href) {
  key = Math.random().toString(36).slice(2);
  history.pushState({ key }, "", href);
}

/** Take the key of an existing entry, after Back or Forward. */
export function enterEntry() {
  // Some entries have no key, because the steps of a worksheet add their own entries.
  key = keyOf(history.state) ?? "";
}

/**
 * Scroll to the remembered position, otherwise to the element named in the address, otherwise to the top.
 * @returns {() => void} scrolls again, in case the page has grown, unless the reader has scrolled meanwhile
 */
export function findPlace() {
  const top = positions.get(key);
  const target = document.getElementById(location.hash.slice(1));
  const scroll = () => {
    if (top === undefined && target) target.scrollIntoView({ behavior: "instant" });
    else scrollTo({ top: top ?? 0, behavior: "instant" });
  };
  scroll();
  const reachedTop = scrollY;
  return () => void (scrollY === reachedTop && scroll());
}

/** Give the first page's entry a key too, so that going back to it restores its scroll position. */
function addFirstKey() {
  if (!keyOf(history.state)) history.replaceState({ ...history.state, key }, "");
}

/** @param {any} state @returns {string | undefined} */
function keyOf(state) {
  return typeof state?.key === "string" ? state.key : undefined;
}
