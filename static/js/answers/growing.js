// Makes text areas grow with their text in browsers that don't support field-sizing in CSS.

/** Text areas to measure before the next frame. @type {Set<HTMLTextAreaElement>} */
const waiting = new Set();

/**
 * Make a text area grow with its text.
 * @param {HTMLTextAreaElement} area
 * @returns {() => void} call it after a script has changed the text
 */
export function growing(area) {
  if (CSS.supports("field-sizing", "content")) return () => {};
  const grow = () => {
    if (!waiting.size) requestAnimationFrame(growAll);
    waiting.add(area);
  };
  area.addEventListener("input", grow);
  let width = 0;
  // A hidden part of the worksheet has no size. And a narrower text area needs more lines.
  new ResizeObserver(() => {
    if (area.clientWidth === width) return;
    width = area.clientWidth;
    grow();
  }).observe(area);
  return grow;
}

/** Change all sizes before measuring any, so that the browser lays out the page twice and not twice for each. */
function growAll() {
  const areas = [...waiting];
  waiting.clear();
  for (const { style } of areas) style.setProperty("block-size", "auto");
  const heights = areas.map(({ scrollHeight, offsetHeight, clientHeight }) =>
    // Both borders are outside the scroll height.
    Math.ceil(scrollHeight + offsetHeight - clientHeight),
  );
  areas.forEach(({ style }, at) => style.setProperty("block-size", `${heights[at]}px`));
}
