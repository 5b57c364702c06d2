// Helpers for drawing SVG pictures.

/**
 * Make an SVG element. Round numbers to two decimals.
 *
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
export function draw(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    element.setAttribute(key, text);
  }
  element.append(...children);
  return element;
}

/**
 * Return a function that turns a distance from the start of a line into an x. It is mirrored if the language is written
 * from right to left.
 *
 * @param {number} width of the line
 */
export function along(width) {
  const isMirrored = document.documentElement.dir === "rtl";
  return (/** @type {number} */ x) => (isMirrored ? width - x : x);
}

/** Return the size of the page's text in px, because pictures grow with it. */
export function textSize() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/**
 * Draw a picture now and whenever the width of its place changes, so that it has as many columns as fit.
 *
 * @param {Element} place
 * @param {(wide: number) => Element} picture makes the picture for a width in px
 */
export function fitted(place, picture) {
  let drawnWidth = 0;
  const observer = new ResizeObserver(() => {
    const width = Math.floor(place.clientWidth);
    // A hidden place has no width. The picture that is there is scaled, as it is on paper.
    if (!width || width === drawnWidth) return;
    drawnWidth = width;
    place.replaceChildren(picture(width));
  });
  observer.observe(place);
  return () => observer.disconnect();
}
