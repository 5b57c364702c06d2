// Small helpers for building elements. Words always go in as text, never as HTML.
import { isFallback } from "./messages.js";

/**
 * Show words in an element; English shown for want of a translation says so to screen readers.
 * @template {Element} T
 * @param {T} element
 * @param {string} text
 * @returns {T}
 */
export function say(element, text) {
  element.textContent = text;
  if (isFallback(text)) {
    element.setAttribute("lang", "en");
    element.setAttribute("dir", "ltr");
  } else if (element.getAttribute("lang") === "en") {
    element.removeAttribute("lang");
    element.removeAttribute("dir");
  }
  return element;
}

/**
 * Make an element: attributes by name, `text` for words, functions for events ("onclick").
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") say(element, String(value));
    else if (typeof value === "function") {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/**
 * The icon of that name, drawn from the sprite that templates leave in the page.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon-drawing");
  svg.setAttribute("aria-hidden", "true");
  const template = document.querySelector(`template[data-icon="${name}"]`);
  if (template instanceof HTMLTemplateElement) {
    const drawn = template.content.firstElementChild?.cloneNode(true);
    if (drawn instanceof Element) return drawn;
  }
  return svg;
}

/** The address of something in the page's language. @param {string} path */
export function href(path) {
  return `/${document.documentElement.dataset.locale}/${path}`;
}

/**
 * Say something to the reader for a while, with at most one thing to do about it.
 * @param {string} text
 * @param {{label: string, act: () => void | Promise<void>}} [action]
 * @param {number} [seconds]
 */
export function toast(text, action, seconds = 10) {
  const region = document.querySelector(".announcements");
  const note = h("div", { class: "toast" }, h("span", { text }));
  const close = () => note.remove();
  if (action) {
    const act = async () => {
      close();
      await action.act();
    };
    note.append(h("button", { type: "button", text: action.label, onclick: act }));
  }
  region?.replaceChildren(note);
  const wait = () => {
    // Stays while somebody is on it: with the keyboard or with the pointer.
    if (note.matches(":hover, :focus-within")) setTimeout(wait, 2000);
    else close();
  };
  setTimeout(wait, seconds * 1000);
  return close;
}
