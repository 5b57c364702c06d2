/**
 * One part of a worksheet at a time on a phone, all of it on a wide screen, on paper, and for who wants it so.
 * The part is in the address, so that Back goes one part back.
 */
import { say } from "../lib/dom.js";
import { recall, remember } from "../lib/memory.js";
import { gettext, number } from "../lib/messages.js";
import { placeHash, readPlace } from "./address.js";

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
   * @param {{entry: () => string, moved: (done: boolean) => void, signal: AbortSignal}} page `entry` is the id for the
   *   address; `moved` is called when another part is shown
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

  /** Whether one part is shown at a time. */
  get apart() {
    return this.#parts.length > 1 && !this.#wide.matches && recall(CHOICE) !== "all";
  }

  /** The entry has got its id: it belongs in the address. */
  rename() {
    // The address is another page's by now.
    if (this.#signal.aborted) return;
    history.replaceState(history.state, "", this.#address());
  }

  /** Shows the part that an element is in. @param {Element} element */
  reveal(element) {
    const index = this.#parts.findIndex((part) => part.contains(element));
    if (index >= 0 && index !== this.#shown && this.apart) this.#go(index);
  }

  #listen() {
    const on = (/** @type {string} */ name, /** @type {() => void} */ act) =>
      this.#sheet.querySelector(`[data-${name}]`)?.addEventListener("click", act);
    on("next", () => this.#go(this.#shown + 1));
    on("back", () => this.#go(this.#shown - 1));
    on("finish", () => this.#go(this.#parts.length));
    on("all", () => this.#choose("all"));
    on("one", () => this.#choose("one"));
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

  /** @param {"all" | "one"} choice */
  #choose(choice) {
    const part = this.#parts[this.#shown];
    remember(CHOICE, choice);
    this.#draw();
    part?.scrollIntoView();
    part?.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** The heading of what is shown gets the keyboard and the screen reader's attention. */
  #arrive() {
    const part = this.#parts[this.#shown] ?? this.#sheet.querySelector("[data-done]");
    const headings = [...(part?.querySelectorAll("h2") ?? [])];
    const heading = headings.find((one) => one.offsetParent !== null);
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

  /** @param {boolean} apart */
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
