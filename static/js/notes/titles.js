// Titles in the reader's language, marked where they are English for want of one; the page brings them as templates
// (components/note-titles.jinja).

/** By comparing, because a newer version may have written any text as a slug. @param {ParentNode} page @param {string} slug */
export function titleOfRecording(page, slug) {
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const all = page.querySelectorAll("template[data-recording]");
  const named = (/** @type {string} */ name) =>
    Array.from(all).find(({ dataset }) => dataset.recording === name);
  return /** @type {HTMLTemplateElement} */ (named(slug) ?? named("")).content;
}

/** @typedef {Pick<import("./rows.js").Row, "what" | "worksheet" | "practice">} Titled */

/** @param {ParentNode} page @param {Titled} row @returns {DocumentFragment} */
function contentOf(page, { what, worksheet, practice }) {
  if (practice) return titleOfRecording(page, practice.recording);
  const name = worksheet ? `data-worksheet="${worksheet}"` : `data-title="${what}"`;
  const template = /** @type {HTMLTemplateElement} */ (page.querySelector(`template[${name}]`));
  return template.content;
}

/** @param {ParentNode} page @param {Titled} row @returns {Node} a copy */
export function titleOf(page, row) {
  return contentOf(page, row).cloneNode(true);
}

/** @param {ParentNode} page @param {Titled} row */
export function titleText(page, row) {
  return contentOf(page, row).textContent?.trim() ?? "";
}

/** The worksheets that the page knows by title. @param {ParentNode} page @returns {Set<string>} */
export function slugsOf(page) {
  const templates = page.querySelectorAll("template[data-worksheet]");
  return new Set(Array.from(templates, (one) => one.getAttribute("data-worksheet") ?? ""));
}
