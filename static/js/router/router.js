// Moves between pages without stopping a recording: it swaps the content of the page, and the sound goes on. If
// that is impossible, the browser opens the page in the normal way.
import { toast } from "../platform/dom.js";
import { mayLeave } from "../platform/leaving.js";
import { gettext, locale } from "../platform/i18n.js";
import { endContent, onWentElsewhere, shownPath, startContent } from "../platform/page.js";
import { arrive, showGoing } from "./arrival.js";
import { documentAt } from "./documents.js";
import { isFollowed, isPlain } from "./links.js";
import {
  addEntry,
  enterEntry,
  findPlace,
  leavePlace,
  takeOverScrolling,
} from "./scroll-positions.js";
import { swap } from "./swap.js";

/** Aborts the current change of page when the reader starts another one. */
let going = new AbortController();
let isSetUp = false;
/** The address of the content on the screen. */
let shownAddress = "";

/**
 * Follow links by swapping the content.
 * @param {() => boolean} isWanted called at each click; if false, the browser follows the link
 */
export function followLinks(isWanted) {
  setUp();
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || !isWanted() || !isPlain(event)) return;
    const { href, target } = link;
    const clicked = { href, target, isDownload: link.hasAttribute("download") };
    if (!isFollowed(clicked, { href: location.href, locale: locale() })) return;
    event.preventDefault();
    void go(href);
  });
}

/**
 * Swap in another page of the app. Resolve when it is shown, or when the reader stays here or chooses another page.
 * @param {string} href
 */
export async function go(href) {
  setUp();
  const openNormally = () => location.assign(href);
  await show(new URL(href, location.href), openNormally, () => {
    leavePlace();
    if (href !== location.href) addEntry(href);
  });
}

/** Show the page after Back or Forward. The browser has changed the address already. */
async function onHistoryMove() {
  const { href } = location;
  const stay = () => addEntry(shownAddress);
  const enter = () => {
    leavePlace();
    enterEntry();
  };
  await show(new URL(href), () => location.reload(), enter, stay);
}

/**
 * Load a page and swap it in.
 * @param {URL} url
 * @param {() => void} openNormally lets the browser open the page
 * @param {() => void} enter updates the history and the scroll positions before the swap
 * @param {() => void} [stay] called if the current content must stay
 */
async function show(url, openNormally, enter, stay = () => {}) {
  going.abort();
  const controller = (going = new AbortController());
  const hideSign = showGoing(controller.signal);
  try {
    const [mayGo, next] = await Promise.all([
      mayLeave(),
      documentAt(url.pathname + url.search, controller.signal).catch(() => null),
    ]);
    if (controller.signal.aborted) return;
    // Ask again: the reader may have typed while the page was loading.
    if (!mayGo || !(await mayLeave())) {
      stay();
      return void toast(gettext("Your last words are not saved yet, so this page stays open."));
    }
    if (controller.signal.aborted) return;
    if (!next) return openNormally();
    // From here until the swap is finished, nothing is asynchronous.
    enter();
    endContent();
    swap(next);
    shownAddress = location.href;
    hideSign();
    arrive();
    const scrollAgain = findPlace();
    document.dispatchEvent(new Event("page-shown"));
    await startContent();
    if (!controller.signal.aborted) scrollAgain();
  } catch (error) {
    // Losing the sound is better than showing half a page.
    console.error("the page was not swapped", error);
    openNormally();
  } finally {
    hideSign();
  }
}

/** Listen to the browser's history. */
function setUp() {
  if (isSetUp) return;
  isSetUp = true;
  shownAddress = location.href;
  takeOverScrolling();
  onWentElsewhere(() => void onHistoryMove());
  addEventListener("popstate", () => {
    if (location.pathname !== shownPath()) return;
    // The reader came back to the current page before the other page was loaded.
    going.abort();
    shownAddress = location.href;
  });
}
