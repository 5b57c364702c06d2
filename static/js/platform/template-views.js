// Views from templates. Each time a view is shown, it is a new copy of its template.
import { say } from "./dom.js";
import { ViewSwitcher } from "./views.js";

/** @typedef {"ok" | "warn"} Tone */

/**
 * A view that is on the screen, as a copy of its template.
 * @typedef {object} View
 * @property {HTMLElement} element
 * @property {AbortSignal} signal aborts when the view is replaced; its listeners and its camera must stop then
 * @property {<T extends HTMLElement = HTMLElement>(selector: string) => T} find
 */

export class TemplateViews extends ViewSwitcher {
  #page;

  /**
   * @param {HTMLElement} page contains the templates and, in [data-views], the place for views
   * @param {AbortSignal} pageSignal aborts when the page is left
   */
  constructor(page, pageSignal) {
    super(find(page, "[data-views]"), pageSignal);
    this.#page = page;
  }

  /**
   * Show a view in place of the one before. Its heading takes the focus, except in the first view.
   *
   * @param {string} name of the template
   * @param {Record<string, () => unknown>} [actions] what the buttons with [data-do] do, by its value
   * @param {string} [variant] removes the [data-for] parts that are not for this variant
   * @returns {View}
   */
  show(name, actions = {}, variant) {
    const element = document.createElement("div");
    element.className = "stack";
    element.append(this.#copy(name));
    if (variant) keepVariant(element, variant);
    element.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
      if (button instanceof HTMLElement) actions[button.dataset.do ?? ""]?.();
    });
    const isFirst = this.shown === "";
    const signal = this.replace(name, [element]);
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
 * Show a message at the top of a view. It takes the focus so that screen readers read it out.
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
 * Handle the form of a view in the script. A second submit is ignored while the first is being handled.
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

/** Remove the parts for other variants. @param {HTMLElement} element @param {string} variant */
function keepVariant(element, variant) {
  for (const part of element.querySelectorAll("[data-for]")) {
    const isForVariant = part.getAttribute("data-for")?.split(" ").includes(variant);
    if (isForVariant) part.removeAttribute("data-for");
    else part.remove();
  }
}

/** Focus the view's heading, or the page's heading if it has none. @param {HTMLElement} view */
function focusHeading(view) {
  const viewHeading = view.querySelector("h2[tabindex]");
  const heading = viewHeading ?? document.querySelector("main h1");
  if (heading instanceof HTMLElement) heading.focus();
}

/**
 * @template {HTMLElement} T
 * @param {HTMLElement} within
 * @param {string} selector
 * @returns {T}
 */
function find(within, selector) {
  const element = within.querySelector(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return /** @type {T} */ (element);
}
