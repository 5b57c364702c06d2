// Where somebody is reading: at the mouse, just above the finger, at what has the focus, or where the arrow keys have
// moved to. It is a place on the screen, so a page that scrolls moves under it.

/**
 * @typedef {object} Place
 * @property {number} x in px from the left edge of the screen
 * @property {number} y in px from its upper edge
 * @property {Element | null} element what is there, below the aids
 * @property {"pointer" | "finger" | "focus" | "scroll"} by what has changed the place, or what is at it
 */
/**
 * @typedef {object} Follower an aid
 * @property {(place: Place) => void} move
 * @property {(direction: number) => Element | null} [step] goes to the next element and returns it, or goes nowhere
 */

/** A finger hides what is under it, so the place is this far above it. In px. */
const ABOVE_FINGER = 36;
/** Arrow keys keep the place between these parts of the screen, and scroll the page instead. */
const HIGHEST = 0.2;
const LOWEST = 0.6;

/** Of what is higher, the first lines are read, in px. */
const TALL = 96;

export class ReadingPlace {
  #x = innerWidth / 2;
  #y = innerHeight / 3;
  /** The controls, where nobody reads. @type {HTMLElement} */
  #controls;
  /** @type {Follower[]} */
  #followers;

  /** @param {HTMLElement} controls @param {Follower[]} followers */
  constructor(controls, followers) {
    this.#controls = controls;
    this.#followers = followers;
  }

  /** @param {AbortSignal} signal */
  start(signal) {
    const options = { signal, passive: true, capture: true };
    // Pointer events of a finger end when it scrolls. Its touch events go on.
    for (const type of /** @type {const} */ (["touchstart", "touchmove"])) {
      document.addEventListener(type, (event) => this.#touch(event), options);
    }
    for (const type of /** @type {const} */ (["pointermove", "pointerdown"])) {
      document.addEventListener(type, (event) => this.#point(event), options);
    }
    document.addEventListener("focusin", (event) => this.#focus(event.target), options);
    document.addEventListener("input", (event) => this.#focus(event.target), options);
    document.addEventListener("page-shown", () => this.#begin(), options);
    addEventListener("scroll", () => this.#again(), options);
    addEventListener("resize", () => this.#again(), options);
    this.#begin();
  }

  /** Begin at the heading, or where the screen is if the page has scrolled. */
  #begin() {
    const heading = document.querySelector("main h1");
    if (heading && heading.getBoundingClientRect().bottom > 0) this.#goTo(heading);
    else this.#again();
  }

  /** Move by a paragraph if an aid goes by paragraphs, otherwise by a line. @param {number} direction 1 is down */
  step(direction) {
    const guide = this.#followers.find(({ step }) => step);
    const element = guide?.step?.(direction);
    if (element) this.#goTo(element);
    else if (!guide) this.#byLine(direction);
  }

  /** @param {number} direction */
  #byLine(direction) {
    const step = direction * parseFloat(getComputedStyle(document.body).lineHeight);
    const next = this.#y + step;
    const before = scrollY;
    if (next < innerHeight * HIGHEST || next > innerHeight * LOWEST) {
      scrollBy({ top: step, behavior: "instant" });
    }
    // At either end of the page, the place moves on to the edge of the screen.
    if (scrollY === before) this.#y = Math.max(0, next);
    this.#again();
  }

  /** @param {PointerEvent} event */
  #point({ pointerType, clientX, clientY, target }) {
    if (pointerType !== "touch") this.#goToPoint(clientX, clientY, target, "pointer");
  }

  /** @param {TouchEvent} event */
  #touch({ touches, target }) {
    const { clientX, clientY } = touches[0];
    this.#goToPoint(clientX, clientY - ABOVE_FINGER, target, "finger");
  }

  /** @param {number} x @param {number} y @param {EventTarget | null} target @param {Place["by"]} by */
  #goToPoint(x, y, target, by) {
    if (!isRead(target, this.#controls)) return;
    this.#x = x;
    this.#y = Math.max(0, y);
    this.#tell(by);
  }

  /** @param {EventTarget | null} target */
  #focus(target) {
    if (!isRead(target, this.#controls) || !target.matches(":focus-visible:not(main)")) return;
    // The browser scrolls to what has the focus before the next frame.
    requestAnimationFrame(() => {
      if (target.isConnected) this.#goTo(target);
    });
  }

  /** @param {Element} element */
  #goTo(element) {
    const { left, right, top, height } = element.getBoundingClientRect();
    this.#x = (left + right) / 2;
    this.#y = top + Math.min(height, TALL) / 2;
    this.#tell("focus", element);
  }

  /** Something else may be at the place now. */
  #again() {
    this.#y = Math.min(this.#y, innerHeight);
    this.#tell("scroll");
  }

  /** @param {Place["by"]} by @param {Element | null} [element] */
  #tell(by, element = document.elementFromPoint(this.#x, this.#y)) {
    const place = { x: this.#x, y: this.#y, element, by };
    for (const follower of this.#followers) follower.move(place);
  }
}

/**
 * Return whether this is something to read: not the controls of the aids, and not a dialog, which lies above them.
 * @param {EventTarget | null} target
 * @param {HTMLElement} controls
 * @returns {target is Element}
 */
function isRead(target, controls) {
  return target instanceof Element && !controls.contains(target) && !target.closest("dialog");
}
