// Tells how an element is read aloud: not at all, within its line, as a block of its own, or by other words in its place.
import { date } from "../../platform/dates.js";
import { number, pgettext } from "../../platform/i18n.js";

/**
 * @typedef {object} Look
 * @property {"out" | "inline" | "block"} kind
 * @property {string} [before] said before the next text
 * @property {string} [instead] said instead of the content
 *
 * @typedef {(element: Element) => Look} Looks
 * @typedef {Pick<CSSStyleDeclaration, "display" | "visibility" | "listStyleType">} Style
 */

/** What can't be read, and what only leads elsewhere or does something. */
const LEFT_OUT = new Set(
  "audio button canvas iframe meter nav noscript object progress script style template video".split(
    " ",
  ),
);
const LEFT_OUT_ROLES = new Set(["button", "navigation", "tablist", "toolbar"]);
const LEFT_OUT_CLASSES = ["back", "button", "nhsuk-button", "nhsuk-u-visually-hidden", "sr"];
/** What isn't printed is mostly there to press. A line of text or a heading is read all the same. */
const READ_ANYWAY = /^(p|h[1-6])$/;
const OUT = /** @type {Look} */ ({ kind: "out" });

/** @type {Looks} */
export const looks = (element) => lookOf(element, getComputedStyle(element));

/** @param {Element} element @param {Style} style @returns {Look} */
export function lookOf(element, style) {
  if (style.display === "none" || style.visibility !== "visible" || isLeftOut(element)) return OUT;
  if (element.localName === "br") return { kind: "inline", instead: " " };
  if (isPicture(element)) return asBlock(labelOf(element));
  if (element.localName === "input") return lookOfInput(/** @type {HTMLInputElement} */ (element));
  if (element.localName === "textarea")
    return asBlock(/** @type {HTMLTextAreaElement} */ (element).value);
  if (element.localName === "select")
    return asBlock(selected(/** @type {HTMLSelectElement} */ (element)));
  const isInline = style.display === "inline" || style.display === "contents";
  return { kind: isInline ? "inline" : "block", before: numberOf(element, style) };
}

/** @param {Element} element */
function isLeftOut(element) {
  const { localName, classList } = element;
  return (
    LEFT_OUT.has(localName) ||
    LEFT_OUT_ROLES.has(element.getAttribute("role") ?? "") ||
    element.getAttribute("aria-hidden") === "true" ||
    LEFT_OUT_CLASSES.some((name) => classList.contains(name)) ||
    (classList.contains("no-print") && !READ_ANYWAY.test(localName)) ||
    (localName === "details" && !element.hasAttribute("open"))
  );
}

/** @param {Element} element */
function isPicture(element) {
  const { localName } = element;
  return localName === "svg" || localName === "img" || element.getAttribute("role") === "img";
}

/** A block with these words, or nothing at all. @param {string} words @returns {Look} */
function asBlock(words) {
  return words.trim() ? { kind: "block", instead: words } : OUT;
}

/** Return the words for a drawing. Without any, it is decoration. @param {Element} element */
function labelOf(element) {
  const ids = element.getAttribute("aria-labelledby")?.split(/\s+/) ?? [];
  const texts = ids.map(
    (id) => element.ownerDocument.getElementById(id)?.textContent?.trim() ?? "",
  );
  const named = texts.filter(Boolean).map((text) => text.replace(/[.:]?$/, "."));
  return (
    named.join(" ") || (element.getAttribute("aria-label") ?? element.getAttribute("alt") ?? "")
  );
}

/** @param {HTMLInputElement} input @returns {Look} */
function lookOfInput({ type, value, checked }) {
  if (type === "text" || type === "number") return asBlock(value);
  if (type === "date") return asBlock(value && dayOf(value));
  if (type !== "radio" && type !== "checkbox") return OUT;
  // Translators: the voice says it before the words of the option.
  const before = checked ? pgettext("read aloud before an option that is chosen", "Chosen:") : "";
  return { kind: "inline", instead: "", before: before && `${before} ` };
}

/** @param {string} value such as "2026-11-30"; somebody may have typed a year of five digits */
function dayOf(value) {
  const [year, month, day] = value.split("-").map(Number);
  return date(new Date(year, month - 1, day));
}

/** @param {HTMLSelectElement} select */
function selected({ selectedOptions }) {
  return Array.from(selectedOptions, ({ text }) => text).join(", ");
}

/** Return the number of a list item, if the page shows it. @param {Element} element @param {Style} style */
function numberOf(element, { listStyleType }) {
  const list = element.parentElement;
  if (element.localName !== "li" || list?.localName !== "ol" || listStyleType === "none") return "";
  const items = Array.from(list.children).filter(({ localName }) => localName === "li");
  const first = Number(list.getAttribute("start") ?? 1);
  return `${number(first + items.indexOf(element))}. `;
}
