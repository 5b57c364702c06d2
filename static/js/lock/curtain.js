// What the page shows while the lock is closed: the page as it came from the server, without a word of anybody's, or
// in its place the lock screen.
import { h } from "../lib/dom.js";
import { mayLeave } from "../lib/leaving.js";
import { recall } from "../lib/memory.js";
import { endContent, startContent, startPart } from "../lib/page.js";
import { soon } from "./elsewhere.js";
import { isAskedAt } from "./places.js";
import { findAgain, placeOf } from "./place.js";

/** @import { Place } from "./place.js" */

/** So long after a page has come its parts look for words by themselves, ms. */
const SETTLING = 1500;
/** So long it stays covered while the lock screen comes, ms. */
const DRAWING = 500;
/** Words that take longer than that to be stored wait for the lock themselves, ms. */
const STORING = 300;
const LINE = ".lock-line";
const mainPart = () => /** @type {HTMLElement} */ (document.querySelector("main"));

export class Curtain {
  /** The page's content as it came; undefined where this began after the page had. @type {HTMLElement | undefined} */
  #fresh;
  /** Content with words that could not be stored: out of sight, not thrown away. @type {HTMLElement | undefined} */
  #aside;
  /** @type {Place | undefined} */
  #place;
  #isAsking = false;
  #since = 0;

  /** Before the page's own scripts have changed anything. */
  remember() {
    this.#fresh = /** @type {HTMLElement} */ (mainPart().cloneNode(true));
    this.#isAsking = false;
    this.#since = performance.now();
  }

  /** The lock is closed when the page comes: whoever starts its content starts this. */
  begin() {
    if (isAskedAt(location.pathname)) this.#ask();
  }

  /** The lock falls shut. @param {boolean} isSaved whether all words of the page are stored */
  async fall(isSaved) {
    this.#place = placeOf(mainPart());
    document.querySelector(".announcements")?.replaceChildren();
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.remove();
    if (!isSaved) this.#setAside();
    else {
      endContent();
      if (!this.#fresh) return location.reload();
      this.#replace(this.#fresh.cloneNode(true));
      if (isAskedAt(location.pathname)) this.#ask();
    }
    // Parts that wait for the PIN may wait for ever.
    await soon(startContent(), DRAWING);
  }

  /** Something on the page waits for the lock to open. */
  async offer() {
    if (this.#isAsking) return;
    const isThere = document.querySelector(LINE) !== null;
    if (isAskedAt(location.pathname) || (isThere && this.#isTapped())) return this.ask();
    if (isThere) return;
    const line = h("div", { class: "lock-line" });
    line.append(h("div", { "data-module": "lock-screen", "data-line": true, class: "notice" }));
    mainPart().append(line);
    await startPart(line);
  }

  /** The lock screen in place of the page. */
  async ask() {
    if (this.#isAsking) return;
    // Somebody may be writing already, where a page doesn't ask or didn't know of the lock.
    const isSaved = (await soon(mayLeave(), STORING)) ?? false;
    if (this.#isAsking) return;
    // Nothing to come back to: from the beginning, now that it is known that there is a lock. A browser that
    // remembers no hints would never know.
    if (isSaved && !this.#fresh && recall("lock") !== null) return location.reload();
    if (isSaved && !this.#fresh) this.remember();
    this.#place = placeOf(mainPart());
    if (!isSaved) this.#setAside();
    else {
      endContent();
      this.#ask();
    }
    await startContent();
  }

  /** @param {boolean} isOpen the lock; or whoever looks goes on without */
  async lift(isOpen) {
    document.querySelector(LINE)?.remove();
    if (!this.#isAsking) return;
    this.#isAsking = false;
    const [aside, fresh, place] = [this.#aside, this.#fresh, this.#place];
    this.#aside = this.#place = undefined;
    if (aside) this.#replace(aside);
    else if (!fresh) return location.reload();
    else {
      endContent();
      this.#replace(fresh.cloneNode(true));
      // The tap that brought it back is none for words.
      this.#since = performance.now();
      // Without the PIN, parts that wait for it may wait for ever.
      await (isOpen ? startContent() : soon(startContent(), DRAWING));
    }
    await findAgain(mainPart(), place);
  }

  /** Whether somebody has just asked for their words, and not for the page alone. */
  #isTapped() {
    const isFresh = performance.now() - this.#since < SETTLING;
    return !isFresh && navigator.userActivation?.isActive === true;
  }

  /** The words on the page are kept as they stand, and wait for the lock to open. */
  #setAside() {
    document.querySelector(LINE)?.remove();
    this.#aside = mainPart();
    this.#replace(this.#aside.cloneNode());
    this.#ask();
  }

  #ask() {
    this.#isAsking = true;
    mainPart().replaceChildren(h("section", { "data-module": "lock-screen", class: "stack lock" }));
  }

  /** @param {Node} content */
  #replace(content) {
    mainPart().replaceWith(content);
  }
}
