// The reading settings, on their page and in the panel over any page. A choice shows at once and is stored on this
// phone; theme.js applies it on every page. Template: components/reading.jinja.
import { copy } from "../../platform/copy.js";
import { say, toast } from "../../platform/dom.js";
import { locale, pgettext } from "../../platform/i18n.js";
import { chosen, replace } from "../../platform/reading-choices.js";
import { draw, encode } from "../../platform/qr-code.js";
import { printCard } from "./card.js";
import { carriedIn, linkTo } from "./carried.js";
import { allowed, fieldsIn, showIn, valueOf } from "./fields.js";
import { storeFonts } from "./fonts.js";
import { OwnColours } from "./own-colours.js";
import { derived, withSet } from "./sets.js";

/** @import { Choices } from "../../platform/reading-choices.js" */
/** @import { Field } from "./fields.js" */

class ReadingForm {
  #form;
  #signal;
  #colours;
  /** What "Undo" brings back. @type {Choices | undefined} */
  #before;

  /** @param {HTMLFormElement} form @param {AbortSignal} signal */
  constructor(form, signal) {
    this.#form = form;
    this.#signal = signal;
    this.#colours = new OwnColours(this.#part("[data-own]"), (colours) => this.#choose(colours));
  }

  begin() {
    const form = this.#form;
    form.addEventListener("input", ({ target }) => this.#take(/** @type {Field} */ (target)));
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.#replace({}, pgettext("short message", "Back to the usual settings."));
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest("button") : null;
      if (button) this.#press(button.dataset);
    });
    const show = () => this.#show();
    document.addEventListener("reading-changed", show, { signal: this.#signal });
    this.#part('[data-part="along"]').addEventListener("toggle", show);
    addEventListener("hashchange", () => this.#follow(location.hash), { signal: this.#signal });
    this.#follow(location.hash);
    show();
  }

  /** @param {string} fragment */
  #follow(fragment) {
    this.#offerCarried();
    this.#openPartOf(fragment);
  }

  /** Open the part of a field, if a link leads to it. @param {string} fragment */
  #openPartOf(fragment) {
    const field = /^#[\w-]+$/.test(fragment) ? this.#form.querySelector(fragment) : null;
    const part = field?.closest("details");
    if (!part) return;
    part.open = true;
    field?.scrollIntoView({ block: "center" });
  }

  /** A field has changed. @param {Field} field */
  #take(field) {
    const { name } = field;
    if (!name) return;
    if (field.type === "color") return this.#colours.take();
    const value = valueOf(field);
    const isOwn = name === "theme" && value === "own";
    this.#choose({ [name]: value, ...(isOwn ? this.#colours.begin(chosen()) : {}) });
    // The text above it grows and shrinks too.
    if (name === "--size") field.scrollIntoView({ block: "nearest" });
  }

  /** @param {DOMStringMap} button what a button stands for */
  #press({ set, step, usual, copy: isCopy, printCard: isPrint, use, leave }) {
    if (set !== undefined) {
      this.#replace(withSet(set, chosen()), pgettext("short message", "Settings changed."));
    } else if (step !== undefined) this.#resize(Number(step));
    else if (usual !== undefined) this.#takeBack(usual);
    else if (isCopy !== undefined) void copy(linkTo(chosen()));
    else if (isPrint !== undefined) void this.#print();
    else if (use !== undefined || leave !== undefined) this.#answer(use !== undefined);
  }

  /** Take one choice back. Its button is gone then, so go to its field. @param {string} name */
  #takeBack(name) {
    this.#choose({ [name]: "" });
    this.#focus(name);
  }

  /** @param {string} name of a field */
  #focus(name) {
    /** @type {HTMLElement | null} */ (this.#form.elements.namedItem(name))?.focus();
  }

  /** Make the text one step larger or smaller: by a tenth of what it is. @param {number} direction 1 or -1 */
  #resize(direction) {
    const field = /** @type {HTMLInputElement} */ (this.#form.elements.namedItem("--size"));
    field.value = String(Number(field.value) * (1 + direction / 10));
    this.#take(field);
  }

  /** @param {Choices} choices "" takes one back */
  #choose(choices) {
    const all = Object.entries({ ...chosen(), ...choices }).filter(([, value]) => value !== "");
    replace(derived(Object.fromEntries(all)));
    if (choices.font === "dyslexic") void storeFonts();
  }

  /** Use other choices, until the reader undoes it. @param {Choices} choices @param {string} text says so */
  #replace(choices, text) {
    const now = chosen();
    // Pressed twice, a set changes nothing more: "Undo" still brings back what was there before it.
    if (!isSame(now, choices)) this.#before = now;
    const before = this.#before ?? now;
    replace(choices);
    const label = pgettext("button", "Undo");
    toast(text, { label, act: () => replace(before) });
  }

  /** A link may have brought choices. Somebody else may have made it, so ask first. */
  #offerCarried() {
    this.#part("[data-carried]").hidden = !carriedIn(location.hash);
  }

  /** @param {boolean} isWanted */
  #answer(isWanted) {
    const choices = allowed(this.#form, carriedIn(location.hash) ?? {});
    history.replaceState(history.state, "", location.pathname);
    this.#offerCarried();
    // The buttons are gone.
    this.#focus("--size");
    if (isWanted) this.#replace(derived(choices), pgettext("short message", "Settings changed."));
  }

  /** Show the choices in the form. */
  #show() {
    const choices = chosen();
    for (const field of fieldsIn(this.#form)) {
      showIn(field, choices[field.name]);
      if (field.type === "range") this.#showRange(/** @type {HTMLInputElement} */ (field));
    }
    for (const button of this.#form.querySelectorAll("[data-usual]")) {
      const { usual } = /** @type {HTMLElement} */ (button).dataset;
      /** @type {HTMLElement} */ (button).hidden = choices[usual ?? ""] === undefined;
    }
    this.#colours.show(choices);
    if (this.#part('[data-part="along"]').hasAttribute("open")) void this.#drawCode();
  }

  /** @param {HTMLInputElement} range */
  #showRange(range) {
    const { min, max, value, dataset } = range;
    const share = Number(value) / Number(dataset.whole);
    const text = new Intl.NumberFormat(locale(), { style: "percent" }).format(share);
    range.setAttribute("aria-valuetext", text);
    const at = (Number(value) - Number(min)) / (Number(max) - Number(min));
    range.style.setProperty("--at", String(at));
    const shown = range.closest(".setting")?.querySelector("[data-value]");
    if (shown) say(shown, text);
  }

  async #drawCode() {
    const link = linkTo(chosen());
    const box = this.#part("[data-code]");
    const rows = await encode([link]);
    if (link === linkTo(chosen())) box.replaceChildren(draw(rows, box.dataset.alt ?? ""));
  }

  async #print() {
    const rows = await encode([linkTo(chosen())]);
    printCard(this.#form, draw(rows, this.#part("[data-code]").dataset.alt ?? ""));
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#form.querySelector(selector));
  }
}

/** @param {Choices} one @param {Choices} other */
function isSame(one, other) {
  const names = Object.keys({ ...one, ...other });
  return names.every((name) => one[name] === other[name]);
}

/** @type {import("../../platform/page.js").Start} */
export default function start(form, signal) {
  if (form instanceof HTMLFormElement) new ReadingForm(form, signal).begin();
}
