// Starts and ends the components in the page's <main>. router/ can replace the content with that of another page
// without loading a document; this module ends the old components and starts the new ones. Keep it small: every page
// loads it.

/**
 * @typedef {(element: HTMLElement, signal: AbortSignal) => void | Promise<void>} Start
 * Starts a component. The signal aborts when the element is removed without leaving the document. Use it to end every
 * listener on an object that stays (document, window, the vault). For unsaved words, see leaving.js.
 */

/** @typedef {(main: ParentNode, signal: AbortSignal) => Promise<void>} Begin */

/** @type {Begin} */
let startComponents = async () => {};
let ending = new AbortController();
/** The path of the page whose content is shown. */
let path = "";
/** @type {() => void} */
let showAddress = () => location.reload();

/**
 * Follow Back and Forward. They can reach a history entry that was added without loading a document. This also happens
 * after a reload, when the module that added the entry isn't loaded any more. Call this first: the reader may press Back
 * before anything else is here.
 */
export function followHistory() {
  path = location.pathname;
  addEventListener("popstate", () => {
    if (location.pathname !== path) showAddress();
  });
}

/** Start the page. @param {Begin} begin starts the components in an element */
export function startPage(begin) {
  startComponents = begin;
  return startContent();
}

/**
 * Set how to show another page after Back, Forward or giveWayTo(). The default is to reload.
 * @param {() => void} follow shows the content of the new address
 */
export function onWentElsewhere(follow) {
  showAddress = follow;
}

/** Show another page in place of this one, in the history too. @param {string} address */
export function giveWayTo(address) {
  history.replaceState(history.state, "", address);
  showAddress();
}

/** Handle the skip link without changing the address: the fragment may say what the page shows. */
export function followSkipLink() {
  document.querySelector('.nhsuk-skip-link[href="#main"]')?.addEventListener("click", (event) => {
    const main = document.querySelector("main");
    if (!main) return;
    event.preventDefault();
    main.tabIndex = -1;
    main.focus();
    main.addEventListener("blur", () => main.removeAttribute("tabindex"), { once: true });
  });
}

/** Return the path of the page whose content is shown. */
export function shownPath() {
  return path;
}

/** End the components in <main> before its content is removed. Their signal aborts. */
export function endContent() {
  ending.abort();
  ending = new AbortController();
}

/** Start the components that are in <main> now. */
export async function startContent() {
  path = location.pathname;
  const main = document.querySelector("main");
  if (main) await startComponents(main, ending.signal);
}

/**
 * Start the components in a part that was added.
 * @param {ParentNode} part @param {AbortSignal} [signal] aborts when it goes; by default, with the content of <main>
 */
export function startPart(part, signal = ending.signal) {
  return startComponents(part, signal);
}
