// Helpers for building elements. Text is always inserted as text, never as HTML.
import { isFallback } from "./i18n.js";

/**
 * Set an element's text and return the element. If the text is English because a translation is missing, mark it as
 * English for screen readers.
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
 * Create an element. `text` sets the text; a function listens to an event ("onclick"); everything else sets an
 * attribute. True sets an empty attribute. Undefined, null and false set none.
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
 * Return a copy of an icon from the page's `<template data-icon>`, or an empty drawing if the page doesn't have it.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon-drawing");
  svg.setAttribute("aria-hidden", "true");
  const template = document.querySelector(`template[data-icon="${name}"]`);
  if (template instanceof HTMLTemplateElement) {
    const copy = template.content.firstElementChild?.cloneNode(true);
    if (copy instanceof Element) return copy;
  }
  return svg;
}

/** Return the address of a path in the page's language. @param {string} path */
export function href(path) {
  return `/${document.documentElement.dataset.locale}/${path}`;
}

/**
 * Show a short message for a while, with at most one action. A new message replaces the one before. Return a function
 * that closes the message.
 * @param {string} text
 * @param {{label: string, act: () => void | Promise<void>}} [action]
 * @param {number} [seconds]
 */
export function toast(text, action, seconds = 10) {
  const region = document.querySelector(".announcements");
  const message = h("div", { class: "toast" }, h("span", { text }));
  const close = () => message.remove();
  if (action) {
    const act = async () => {
      close();
      await action.act();
    };
    message.append(h("button", { type: "button", text: action.label, onclick: act }));
  }
  region?.replaceChildren(message);
  const wait = () => {
    // Keep the message while it has the focus or the pointer is over it.
    if (message.matches(":hover, :focus-within")) setTimeout(wait, 2000);
    else close();
  };
  setTimeout(wait, seconds * 1000);
  return close;
}
