// Shows one of a page's views and hides the others.

/** @typedef {"loading" | "list" | "empty" | "failed"} View */

/** @param {HTMLElement} page @param {View} view */
export function showView(page, view) {
  for (const part of page.querySelectorAll("[data-view]")) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.view !== view;
  }
}
