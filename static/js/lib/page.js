// What runs in the page's main part, and its end: the content can give way to another page's while the
// app goes on (navigation/). Small, because every page carries it.

/** @typedef {(main: ParentNode, signal: AbortSignal) => Promise<void>} Begin */

/** @type {Begin} */
let begin = async () => {};
let ending = new AbortController();
/** Whose content is shown. */
let path = "";
/** @type {() => void} */
let wentElsewhere = () => location.reload();

/** @param {Begin} how starts the components of a main part */
export function startPage(how) {
  begin = how;
  path = location.pathname;
  // Back and forward between entries that no page was loaded for: after a reload too, when what made
  // them is gone.
  addEventListener("popstate", () => {
    if (location.pathname !== path) wentElsewhere();
  });
  return startContent();
}

/** @param {() => void} follow brings the content of the address that the reader went to */
export function onWentElsewhere(follow) {
  wentElsewhere = follow;
}

/** Another page is the one to show: it takes this one's place, in the history too. @param {string} address */
export function giveWayTo(address) {
  history.replaceState(history.state, "", address);
  wentElsewhere();
}

/** The skip link leaves the address alone: what stands after its # may be what the page shows. */
export function followSkipLink() {
  document.querySelector(".nhsuk-skip-link")?.addEventListener("click", (event) => {
    const main = document.querySelector("main");
    if (!main) return;
    event.preventDefault();
    main.tabIndex = -1;
    main.focus();
    main.addEventListener("blur", () => main.removeAttribute("tabindex"), { once: true });
  });
}

/** The address whose content is shown, without its fragment. */
export function shownPath() {
  return path;
}

/** The main part goes: its components let go of what stays. */
export function endContent() {
  ending.abort();
  ending = new AbortController();
}

/** Start what is in the main part now. */
export async function startContent() {
  path = location.pathname;
  const main = document.querySelector("main");
  if (main) await begin(main, ending.signal);
}

/** Start what has come to the main part since. @param {HTMLElement} part */
export function startPart(part) {
  return begin(part, ending.signal);
}
