// Titles of notes in the page's language. A title without a translation is marked as English. The page carries the
// titles as templates (components/note-titles.jinja).
import { LETTER, letterFirst } from "./letter.js";

/**
 * Return the title of a recording. The slug is compared and doesn't go into a selector, because a newer version of the
 * app may have written any text as a slug.
 *
 * @param {ParentNode} page
 * @param {string} slug
 */
export function titleOfRecording(page, slug) {
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const templates = page.querySelectorAll("template[data-recording]");
  const named = (/** @type {string} */ name) =>
    Array.from(templates).find(({ dataset }) => dataset.recording === name);
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

/**
 * Return the first line of the first question of a worksheet that was answered in words; "" if there is none.
 *
 * @param {ParentNode} page
 * @param {Pick<import("./rows.js").Row, "worksheet" | "texts">} row
 */
export function firstLine(page, { worksheet, texts = {} }) {
  if (!worksheet) return "";
  const template = page.querySelector(`template[data-worksheet="${worksheet}"]`);
  const names = (template?.getAttribute("data-texts") ?? "").split(" ");
  const ordered = worksheet === LETTER ? letterFirst(names) : names;
  return texts[ordered.find((name) => Object.hasOwn(texts, name)) ?? ""] ?? "";
}

/** Return the slugs of the worksheets whose titles the page has. @param {ParentNode} page @returns {Set<string>} */
export function slugsOf(page) {
  const templates = page.querySelectorAll("template[data-worksheet]");
  return new Set(
    Array.from(templates, (template) => template.getAttribute("data-worksheet") ?? ""),
  );
}
