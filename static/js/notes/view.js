// Which of the page's views is shown.

/** @typedef {"loading" | "list" | "empty" | "failed"} View */

/** @param {HTMLElement} page @param {View} view */
export function showView(page, view) {
  for (const part of page.querySelectorAll("[data-view]")) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.view !== view;
  }
}
