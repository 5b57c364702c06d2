// Shows what a marked word means, in a small box below it. The box is not modal: the page stays readable around it.

/** From the edge of the window, and from the word. In px. */
const GAP = 8;

export class Meaning {
  /** @type {HTMLElement | null} */
  #word = null;
  #box;
  #entries;

  /**
   * @param {HTMLElement} box
   * @param {Map<string, Element>} entries the sections of the glossary's page, by word
   */
  constructor(box, entries) {
    this.#box = box;
    this.#entries = entries;
    box.querySelector("[data-close]")?.addEventListener("click", () => this.close());
    box.addEventListener("keydown", (event) => this.#onTab(event));
    document.addEventListener("click", (event) => this.#onClick(event));
    document.addEventListener("keydown", (event) => this.#onKey(event), { capture: true });
    addEventListener("resize", () => this.#place());
  }

  /** Close the box, and go back to the word if the reader was in the box. */
  close() {
    if (!this.#word) return;
    const isInside = this.#box.contains(document.activeElement);
    const word = this.#word;
    this.#word = null;
    word.setAttribute("aria-expanded", "false");
    this.#box.remove();
    if (isInside) word.focus();
  }

  /** @param {HTMLElement} word */
  #open(word) {
    this.close();
    const entry = this.#entries.get(word.dataset.word ?? "");
    if (!entry) return;
    this.#word = word;
    word.setAttribute("aria-expanded", "true");
    this.#fill(entry);
    document.body.append(this.#box);
    // In the top layer nothing covers it. Where that isn't known, its style puts it above the page.
    this.#box.showPopover?.();
    this.#place();
    this.#box.focus({ preventScroll: true });
    this.#box.scrollIntoView({ block: "nearest" });
  }

  /** @param {Element} entry */
  #fill(entry) {
    const parts = /** @type {const} */ ([
      ["h2", "b"],
      ["p", "p"],
      [".more", ".more"],
    ]);
    for (const [from, to] of parts) {
      const nodes = entry.querySelector(from)?.childNodes ?? [];
      const copies = Array.from(nodes, (node) => document.importNode(node, true));
      this.#box.querySelector(to)?.replaceChildren(...copies);
    }
    const link = this.#box.querySelector("a");
    if (link?.pathname === location.pathname) link.remove();
  }

  /** Place the box below the word's last line, or above its first if there is more room. It scrolls with the page. */
  #place() {
    if (!this.#word) return;
    const lines = this.#word.getClientRects();
    const [first, last] = [lines[0], lines[lines.length - 1]];
    if (!first) return this.close();
    const { offsetWidth: width, offsetHeight: height } = this.#box;
    const { clientWidth, clientHeight } = document.documentElement;
    const isBelow = last.bottom + GAP + height <= clientHeight || first.top < height + GAP;
    const top = isBelow ? last.bottom + GAP : first.top - GAP - height;
    const middle = (last.left + last.right - width) / 2;
    const left = Math.max(GAP, Math.min(middle, clientWidth - GAP - width));
    this.#box.style.setProperty("top", `${top + scrollY}px`);
    this.#box.style.setProperty("left", `${left + scrollX}px`);
  }

  /** @param {MouseEvent} event */
  #onClick({ target }) {
    if (!(target instanceof Element)) return;
    const word = target.closest(".term");
    const isSame = word === this.#word;
    const isLink = target.closest("a") !== null;
    if (!this.#box.contains(target) || isLink) this.close();
    if (word instanceof HTMLElement && !isSame) this.#open(word);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { key, target } = event;
    if (key === "Escape" && this.#word) {
      // It closes this and nothing beneath.
      event.stopPropagation();
      this.close();
    } else if (key === "Enter" || key === " ") {
      if (!(target instanceof HTMLElement && target.matches(".term"))) return;
      event.preventDefault();
      target.click();
    }
  }

  /** The box is at the end of the document. Behind it, go on where the word is. @param {KeyboardEvent} event */
  #onTab(event) {
    if (event.key !== "Tab") return;
    const stops = [this.#box, ...this.#box.querySelectorAll("button, a")];
    const edge = event.shiftKey ? stops.slice(0, 2) : stops.slice(-1);
    if (!edge.some((stop) => stop === document.activeElement)) return;
    this.close();
    if (event.shiftKey) event.preventDefault();
  }
}
