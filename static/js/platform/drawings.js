// Drawings for the parts of a page that scripts make.
import { href } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

/** Return the drawing of a recording or a worksheet. @param {string} path its address, below the language */
export function drawing(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "drawing");
  svg.setAttribute("aria-hidden", "true");
  const use = svg.appendChild(document.createElementNS(SVG, "use"));
  use.setAttribute("href", href(`drawings.svg#${path}`));
  return svg;
}

/** Return a copy of the ember in the header, for a part of the page that scripts make. */
export function ember() {
  const copy = /** @type {Element} */ (document.querySelector(".top .ember")).cloneNode(true);
  /** @type {Element} */ (copy).setAttribute("class", "ember");
  return copy;
}
