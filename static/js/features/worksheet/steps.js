/**
 * The parts of a worksheet. A phone shows one part at a time. Wide screens and paper show all parts, and so does a
 * phone if the reader prefers it. The address names the part, so that the browser's Back button goes back one part.
 */
import { say } from "../../platform/dom.js";
import { recall, remember } from "../../platform/storage.js";
import { gettext, number } from "../../platform/i18n.js";
import { placeHash, readPlace } from "../../answers/address.js";

const WIDE = "(min-width: 64rem)";
const CHOICE = "worksheet-steps";
const DONE = "done";

export class Steps {
  #sheet;
  /** @type {HTMLElement[]} */
  #parts;
  #wide = matchMedia(WIDE);
  #shown = 0;
  #entry = () => "";
  #moved;
  #signal;

  /**
   * @param {HTMLElement} sheet
   * @param {{entry: () => string, moved: (done: boolean) => void, signal: AbortSignal}} page `entry` returns the id for
   *   the address; `moved` is called when the page shows another part, but not after the browser's Back or Forward
   */
  constructor(sheet, { entry, moved, signal }) {
    this.#sheet = sheet;
    this.#parts = [...sheet.querySelectorAll("[data-step]")].map(
      (part) => /** @type {any} */ (part),
    );
    this.#entry = entry;
    this.#moved = moved;
    this.#signal = signal;
    this.#listen();
    this.#shown = this.#indexOf(readPlace(location.hash).step);
    this.#draw();
  }

  /** Whether the page shows one part at a time. */
  get apart() {
    return this.#parts.length > 1 && !this.#wide.matches && recall(CHOICE) !== "all";
  }

  /** Write the entry's id into the address. */
  rename() {
    // The reader has left the page, so the address belongs to another one.
    if (this.#signal.aborted) return;
    history.replaceState(history.state, "", this.#address());
  }

  /** Show the part that contains an element. @param {Element} element */
  reveal(element) {
    const index = this.#parts.findIndex((part) => part.contains(element));
    if (index >= 0 && index !== this.#shown && this.apart) this.#go(index);
  }

  #listen() {
    const onClick = (/** @type {string} */ name, /** @type {() => void} */ act) =>
      this.#sheet.querySelector(`[data-${name}]`)?.addEventListener("click", act);
    onClick("next", () => this.#go(this.#shown + 1));
    onClick("back", () => this.#go(this.#shown - 1));
    onClick("finish", () => this.#go(this.#parts.length));
    onClick("all", () => this.#choose("all"));
    onClick("one", () => this.#choose("one"));
    this.#sheet.querySelectorAll("[data-steps] a").forEach((link, index) =>
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.#go(index);
      }),
    );
    const path = location.pathname;
    const follow = () => {
      const index = this.#indexOf(readPlace(location.hash).step);
      if (index === this.#shown || location.pathname !== path) return;
      this.#shown = index;
      this.#draw();
      this.#arrive();
    };
    const signal = this.#signal;
    addEventListener("popstate", follow, { signal });
    this.#wide.addEventListener("change", () => this.#draw(), { signal });
  }

  /** @param {string} step */
  #indexOf(step) {
    if (step === DONE) return this.#parts.length;
    return Math.max(
      0,
      this.#parts.findIndex((part) => part.dataset.step === step),
    );
  }

  /** @param {number} index */
  #go(index) {
    this.#shown = Math.max(0, Math.min(index, this.#parts.length));
    history.pushState(null, "", this.#address());
    this.#draw();
    this.#moved(this.#shown === this.#parts.length);
    this.#arrive();
  }

  #address() {
    const step = this.#shown && (this.#parts[this.#shown]?.dataset.step ?? DONE);
    return location.pathname + placeHash({ entry: this.#entry(), step: step || "" });
  }

  /** Remember whether the reader wants all parts or one, and stay at the present part. @param {"all" | "one"} choice */
  #choose(choice) {
    const part = this.#parts[this.#shown];
    remember(CHOICE, choice);
    this.#draw();
    part?.scrollIntoView();
    part?.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** Move the focus to the heading of the part, so that screen readers read it. */
  #arrive() {
    const part = this.#parts[this.#shown] ?? this.#sheet.querySelector("[data-done]");
    const headings = [...(part?.querySelectorAll("h2") ?? [])];
    const heading = headings.find((candidate) => candidate.offsetParent !== null);
    heading?.focus({ preventScroll: true });
    if (this.apart) scrollTo({ top: 0 });
    else part?.scrollIntoView();
  }

  #draw() {
    const [apart, count] = [this.apart, this.#parts.length];
    const done = this.#shown === count;
    this.#sheet.toggleAttribute("data-apart", apart);
    this.#sheet.toggleAttribute("data-later", apart && this.#shown > 0);
    this.#parts.forEach((part, index) =>
      part.classList.toggle("away", apart && index !== this.#shown),
    );
    const current = this.#parts[this.#shown];
    const picture = this.#sheet.querySelector("[data-picture]");
    picture?.classList.toggle("away", apart && !done && !current.hasAttribute("data-with-picture"));
    this.#show("done", done);
    this.#show("steps", apart && !done);
    this.#show("back", apart && this.#shown > 0);
    this.#show("next", apart && this.#shown < count - 1);
    this.#show("finish", !done && (!apart || this.#shown === count - 1));
    this.#show("all", apart && !done);
    this.#show("one", !apart && count > 1 && !this.#wide.matches);
    this.#mark(apart && !done);
  }

  /** Show the number of the step and mark its link. @param {boolean} apart */
  #mark(apart) {
    const kicker = this.#sheet.querySelector("[data-kicker]");
    const step = number(this.#shown + 1);
    const steps = number(this.#parts.length);
    if (kicker instanceof HTMLElement) {
      kicker.hidden = !apart;
      say(kicker, gettext("Worksheet · step %(step)s of %(steps)s", { step, steps }));
    }
    this.#sheet.querySelectorAll("[data-steps] a").forEach((link, index) => {
      if (index === this.#shown) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
      link.classList.toggle("past", index < this.#shown);
    });
  }

  /** @param {string} name @param {boolean} visible */
  #show(name, visible) {
    const part = this.#sheet.querySelector(`[data-${name}]`);
    if (part instanceof HTMLElement) part.hidden = !visible;
  }
}
