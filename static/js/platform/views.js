// Shows one view of a page at a time. Subclasses say where the views come from: from templates (template-views.js), or
// built by a script (features/downloads/built-views.js).

/**
 * Show one of the views that the page contains, and hide the others.
 * @param {HTMLElement} page
 * @param {"loading" | "list" | "empty" | "failed"} name value of [data-view]
 */
export function showView(page, name) {
  for (const part of page.querySelectorAll("[data-view]")) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.view !== name;
  }
}

export class ViewSwitcher {
  #place;
  #ending = new AbortController();
  #shown = "";

  /**
   * @param {HTMLElement} place
   * @param {AbortSignal} [pageSignal] aborts when the page is left
   */
  constructor(place, pageSignal) {
    this.#place = place;
    this.pageSignal = pageSignal;
    pageSignal?.addEventListener("abort", () => this.#ending.abort());
  }

  /** Take no more presses on the view on the screen: the next one is being loaded. */
  wait() {
    this.#place.inert = true;
  }

  /** The name of the view on the screen; empty at first. */
  get shown() {
    return this.#shown;
  }

  /**
   * Show nodes in place of the view before.
   * @param {string} name
   * @param {Node[]} nodes
   * @returns {AbortSignal} aborts when the view is replaced or the page is left; what belongs to the view must stop then
   */
  replace(name, nodes) {
    this.#ending.abort();
    this.#ending = new AbortController();
    // The page was left while the caller was still working: the new view ends at once.
    if (this.pageSignal?.aborted) this.#ending.abort();
    this.#shown = name;
    this.#place.replaceChildren(...nodes);
    this.#place.inert = false;
    return this.#ending.signal;
  }
}
