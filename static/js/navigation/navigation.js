// Going from page to page while a recording goes on: the content is swapped, the sound stays. Where
// that can't be done, the browser opens the page as usual.
import { toast } from "../lib/dom.js";
import { mayLeave } from "../lib/leaving.js";
import { gettext, locale } from "../lib/messages.js";
import { endContent, onWentElsewhere, shownPath, startContent } from "../lib/page.js";
import { arrive, showGoing } from "./arriving.js";
import { documentAt } from "./documents.js";
import { isFollowed, isPlain } from "./links.js";
import { addEntry, enterEntry, findPlace, leavePlace, takeOverScrolling } from "./places.js";
import { swap } from "./swap.js";

/** Ends the one before when the reader chooses another link meanwhile. */
let going = new AbortController();
let isTakenOver = false;
/** The address whose content is shown. */
let shown = "";

/** @param {() => boolean} isWanted whether links are followed now */
export function followLinks(isWanted) {
  takeOver();
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || !isWanted() || !isPlain(event)) return;
    const { href, target } = link;
    const asked = { href, target, isDownload: link.hasAttribute("download") };
    if (!isFollowed(asked, { href: location.href, locale: locale() })) return;
    event.preventDefault();
    void go(href);
  });
}

/**
 * Show another page of the app in this place. Comes back when it is shown, or when the reader stays
 * or goes elsewhere.
 * @param {string} href
 */
export async function go(href) {
  takeOver();
  const plainly = () => location.assign(href);
  await show(new URL(href, location.href), plainly, () => {
    leavePlace();
    if (href !== location.href) addEntry(href);
  });
}

/** Back and forward: the address is another already. */
async function wentElsewhere() {
  const { href } = location;
  const stay = () => addEntry(shown);
  const enter = () => {
    leavePlace();
    enterEntry();
  };
  await show(new URL(href), () => location.reload(), enter, stay);
}

/**
 * @param {URL} url
 * @param {() => void} plainly opens it as usual
 * @param {() => void} enter makes it the address that is shown
 * @param {() => void} [stay] what to do when the content can't go
 */
async function show(url, plainly, enter, stay = () => {}) {
  going.abort();
  const mine = (going = new AbortController());
  const arrived = showGoing(mine.signal);
  try {
    const [mayGo, next] = await Promise.all([
      mayLeave(),
      documentAt(url.pathname + url.search, mine.signal).catch(() => null),
    ]);
    if (mine.signal.aborted) return;
    // Once more: somebody may have gone on typing while the page came.
    if (!mayGo || !(await mayLeave())) {
      stay();
      return void toast(gettext("Your last words are not saved yet, so this page stays open."));
    }
    if (mine.signal.aborted) return;
    if (!next) return plainly();
    // From here on everything happens at once.
    enter();
    endContent();
    swap(next);
    shown = location.href;
    arrived();
    arrive();
    const findAgain = findPlace();
    document.dispatchEvent(new Event("page-shown"));
    await startContent();
    if (!mine.signal.aborted) findAgain();
  } catch (error) {
    // Rather a page without its sound than half a page.
    console.error("the page was not swapped", error);
    plainly();
  } finally {
    arrived();
  }
}

function takeOver() {
  if (isTakenOver) return;
  isTakenOver = true;
  shown = location.href;
  takeOverScrolling();
  onWentElsewhere(() => void wentElsewhere());
  addEventListener("popstate", () => {
    if (location.pathname !== shownPath()) return;
    // Back where they were before what they went to has come.
    going.abort();
    shown = location.href;
  });
}
