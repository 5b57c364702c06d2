// Small helpers for drawing.

/** @param {string} name @param {Record<string, string | number>} attributes @param {...(Node | string)} children */
export function draw(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    element.setAttribute(key, text);
  }
  element.append(...children);
  return element;
}

/** From the start of a line to its end: mirrored where lines are read from the right. @param {number} wide */
export function along(wide) {
  const isMirrored = document.documentElement.dir === "rtl";
  return (/** @type {number} */ x) => (isMirrored ? wide - x : x);
}

/** Of the page's text, in px: pictures grow with it. */
export function textSize() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/**
 * Draws again whenever the place has another width: as many columns as there is room for.
 *
 * @param {Element} place
 * @param {(wide: number) => Element} picture
 */
export function fitted(place, picture) {
  let drawn = 0;
  const observer = new ResizeObserver(() => {
    const wide = Math.floor(place.clientWidth);
    // Hidden, or on paper: what was drawn scales.
    if (!wide || wide === drawn) return;
    drawn = wide;
    place.replaceChildren(picture(wide));
  });
  observer.observe(place);
  return () => observer.disconnect();
}
