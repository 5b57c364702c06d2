// Decides what the page shows while the lock is closed: the page as it came from the server, without the reader's
// words, or the lock screen in its place.
import { h } from "../platform/dom.js";
import { mayLeave } from "../platform/leaving.js";
import { recall } from "../platform/storage.js";
import { endContent, startContent, startPart } from "../platform/page.js";
import { soon } from "./other-tabs.js";
import { isAskedAt } from "./protected-pages.js";
import { findAgain, placeOf } from "./place.js";

/** @import { Place } from "./place.js" */

/** For this long after a page appears, its components look for entries without a tap. In ms. */
const SETTLING = 1500;
/** Wait this long at most for components to start. When the lock closes, the page stays covered meanwhile. In ms. */
const DRAWING = 500;
/** If storing takes longer than this, the words themselves are waiting for the lock. In ms. */
const STORING = 300;
const LINE = ".lock-line";
const SHOWN = `${LINE} [data-started]`;
const mainPart = () => /** @type {HTMLElement} */ (document.querySelector("main"));

export class LockScreen {
  /**
   * The content as it came; undefined if the components started before the lock manager.
   * @type {HTMLElement | undefined}
   */
  #fresh;
  /** Content with words that could not be stored. It is out of sight but not lost. @type {HTMLElement | undefined} */
  #aside;
  /** @type {Place | undefined} */
  #place;
  /** Whether the lock screen is in place of the page. */
  #isAsking = false;
  /** When the content came, as performance.now(). */
  #since = 0;
  /** Whether the reader has pressed something since the line was shown. */
  #hasPressed = false;

  constructor() {
    const press = () => (this.#hasPressed ||= document.querySelector(SHOWN) !== null);
    for (const type of ["pointerdown", "keydown"])
      document.addEventListener(type, press, { capture: true, passive: true });
  }

  /** Remember the page's content. Call this before any component has changed it. */
  remember() {
    this.#fresh = /** @type {HTMLElement} */ (mainPart().cloneNode(true));
    this.#isAsking = false;
    this.#since = performance.now();
  }

  /** Show the lock screen if the page needs it at once. It starts when the caller starts the page's content. */
  begin() {
    if (isAskedAt(location.pathname)) this.#ask();
  }

  /** Hide the reader's words when the lock closes. @param {boolean} isSaved whether all words of the page are stored */
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
    // Don't wait for components that wait for the PIN: the reader may never type it.
    await soon(startContent(), DRAWING);
  }

  /** Offer to open the lock, because a component waits for it: by the lock screen, or by a line below the content. */
  async offer() {
    if (this.#isAsking) return;
    const hasLine = document.querySelector(LINE) !== null;
    if (isAskedAt(location.pathname) || (hasLine && this.#isTapped())) return this.ask();
    if (hasLine) return;
    this.#hasPressed = false;
    const line = h("div", { class: "lock-line" });
    line.append(h("div", { "data-module": "lock-screen", "data-line": true, class: "notice" }));
    mainPart().append(line);
    await startPart(line);
  }

  /** Show the lock screen in place of the page. */
  async ask() {
    if (this.#isAsking) return;
    // The reader may already be writing, if this page doesn't ask for the PIN at once or didn't know of the lock.
    const isSaved = (await soon(mayLeave(), STORING)) ?? false;
    if (this.#isAsking) return;
    // There is no content to go back to, so reload the page: now it knows from the start that there is a lock. Don't do
    // that in a browser that remembers no hints: the reloaded page wouldn't know of the lock either.
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

  /**
   * Take the lock screen away.
   * @param {boolean} isOpen whether the lock is open; if not, the reader goes on without it
   */
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
      // The tap that closed the lock screen is not a request for entries.
      this.#since = performance.now();
      // While the lock is closed, some components never finish starting.
      await (isOpen ? startContent() : soon(startContent(), DRAWING));
    }
    await findAgain(mainPart(), place);
  }

  /**
   * Return whether the reader has just tapped on something that needs entries, rather than opened the page. On a slow
   * line, the line comes seconds after the tap that it answers: that tap asks for no more than the line.
   */
  #isTapped() {
    const isFresh = performance.now() - this.#since < SETTLING;
    return !isFresh && this.#hasPressed && navigator.userActivation?.isActive === true;
  }

  /** Keep the page's content with its unsaved words out of sight until the lock opens. Show the lock screen. */
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
