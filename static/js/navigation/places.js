// Where the reader was in each page: scrolled to where, by the entry of the browser's history.

/** @type {Map<string, number>} */
const places = new Map();
/** The entry that is shown. */
let key = keyOf(history.state) ?? "first";

/** Pages come after the browser would have scrolled, so it is done here. */
export function takeOverScrolling() {
  history.scrollRestoration = "manual";
  // A page that is loaded anew has nobody else to do it.
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
  addEventListener("pageshow", () => (history.scrollRestoration = "manual"));
  mark();
}

/** Remember where the reader is, before the content goes. */
export function leavePlace() {
  if (key) places.set(key, scrollY);
}

/** @param {string} href the page that is entered */
export function addEntry(href) {
  key = Math.random().toString(36).slice(2);
  history.pushState({ key }, "", href);
}

/** The reader went to an entry that is there already. */
export function enterEntry() {
  // Steps of a worksheet make entries of their own.
  key = keyOf(history.state) ?? "";
}

/**
 * Scroll to where the reader was, to what the address names, or to the top.
 * @returns {() => void} does it once more, for a page that has grown since, unless the reader has moved
 */
export function findPlace() {
  const top = places.get(key);
  const named = document.getElementById(location.hash.slice(1));
  const find = () => {
    if (top === undefined && named) named.scrollIntoView({ behavior: "instant" });
    else scrollTo({ top: top ?? 0, behavior: "instant" });
  };
  find();
  const reached = scrollY;
  return () => void (scrollY === reached && find());
}

/** The first page gets a key as well, so that going back to it finds its place. */
function mark() {
  if (!keyOf(history.state)) history.replaceState({ ...history.state, key }, "");
}

/** @param {any} state @returns {string | undefined} */
function keyOf(state) {
  return typeof state?.key === "string" ? state.key : undefined;
}
