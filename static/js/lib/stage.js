// Shows one state of the page at a time, made afresh from its template.
import { say } from "./dom.js";

/** @typedef {"ok" | "warn"} Tone */

/**
 * A state that is on the screen.
 * @typedef {object} View
 * @property {HTMLElement} element
 * @property {AbortSignal} signal ends with the view: its listeners, its camera
 * @property {<T extends HTMLElement = HTMLElement>(selector: string) => T} find
 */

export class Stage {
  #page;
  #place;
  #left;
  #ending = new AbortController();
  #shown = "";

  /** @param {HTMLElement} page which holds the templates and the place for views @param {AbortSignal} left the page */
  constructor(page, left) {
    this.#page = page;
    this.#left = left;
    left.addEventListener("abort", () => this.#ending.abort());
    this.#place = /** @type {HTMLElement} */ (page.querySelector("[data-views]"));
  }

  /** The name of the state on the screen. */
  get shown() {
    return this.#shown;
  }

  /**
   * @param {string} name of the template
   * @param {Record<string, () => unknown>} [actions] what the buttons with [data-do] do
   * @param {string} [variant] keeps only those parts that are for it
   * @returns {View}
   */
  show(name, actions = {}, variant) {
    this.#ending.abort();
    this.#ending = new AbortController();
    // What ends after the page was left has no view any more.
    if (this.#left.aborted) this.#ending.abort();
    const { signal } = this.#ending;
    const element = document.createElement("div");
    element.className = "stack";
    element.append(this.#copy(name));
    if (variant) keepVariant(element, variant);
    element.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
      if (button instanceof HTMLElement) actions[button.dataset.do ?? ""]?.();
    });
    const isFirst = this.#shown === "";
    this.#shown = name;
    this.#place.replaceChildren(element);
    if (!isFirst && element.isConnected) focusHeading(element);
    return { element, signal, find: (selector) => find(element, selector) };
  }

  /** @param {string} name */
  #copy(name) {
    const template = find(this.#page, `template[data-view="${name}"]`);
    return /** @type {HTMLTemplateElement} */ (template).content.cloneNode(true);
  }
}

/**
 * A message at the head of a view, which takes the focus so that it is read out.
 *
 * @param {View} view
 * @param {string} text
 * @param {Tone} [tone]
 */
export function notify(view, text, tone = "ok") {
  const notice = view.find(`[data-notice="${tone}"]`);
  say(find(notice, "[data-said]"), text);
  notice.hidden = false;
  notice.tabIndex = -1;
  notice.focus();
}

/**
 * The form of a view: one submit at a time, no request of its own.
 *
 * @param {View} view
 * @param {(form: HTMLFormElement) => Promise<void> | void} act
 */
export function onSubmit(view, act) {
  const form = view.find("form");
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await act(/** @type {HTMLFormElement} */ (form));
    } finally {
      busy = false;
    }
  });
}

/** @param {HTMLElement} element @param {string} variant */
function keepVariant(element, variant) {
  for (const part of element.querySelectorAll("[data-for]")) {
    const wanted = part.getAttribute("data-for")?.split(" ").includes(variant);
    if (wanted) part.removeAttribute("data-for");
    else part.remove();
  }
}

/** @param {HTMLElement} view */
function focusHeading(view) {
  const own = view.querySelector("h2[tabindex]");
  const heading = own ?? document.querySelector("main h1");
  if (heading instanceof HTMLElement) heading.focus();
}

/**
 * @template {HTMLElement} T
 * @param {HTMLElement} within
 * @param {string} selector
 * @returns {T}
 */
function find(within, selector) {
  const found = within.querySelector(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return /** @type {T} */ (found);
}
