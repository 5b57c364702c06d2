// The bar at the bottom of the window while a page is read aloud. Its template is in components/aloud.jinja.

/** @typedef {import("./reading.js").Reading} Reading */

/**
 * Show the bar.
 * @param {HTMLTemplateElement} template
 * @param {Reading} reading
 * @param {() => void} close
 * @param {AbortSignal} signal removes the bar
 * @returns {() => void} shows what has changed
 */
export function showBar(template, reading, close, signal) {
  const bar = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const part = (/** @type {string} */ selector) =>
    /** @type {HTMLElement} */ (bar.querySelector(selector));
  const onClick = (/** @type {string} */ selector, /** @type {() => void} */ act) =>
    part(selector).addEventListener("click", act);
  onClick("[data-toggle]", reading.toggle);
  onClick("[data-back]", () => reading.step(-1));
  onClick("[data-on]", () => reading.step(1));
  onClick("[data-settings]", () => document.dispatchEvent(new Event("open-reading-panel")));
  onClick("[data-close]", close);
  bar.addEventListener("keydown", ({ key }) => void (key === "Escape" && close()));
  place(bar, signal);
  part("[data-toggle]").focus({ preventScroll: true });
  return () => show(part("[data-toggle]"), part("[data-problem]"), bar, reading);
}

/**
 * Put the bar before the page's content, where the small player is, and tell the style sheet its height.
 * @param {HTMLElement} bar
 * @param {AbortSignal} signal
 */
function place(bar, signal) {
  const root = document.documentElement;
  document.querySelector("main")?.before(bar);
  root.toggleAttribute("data-with-aloud", true);
  const observer = new ResizeObserver(() =>
    root.style.setProperty("--aloud", `${bar.offsetHeight}px`),
  );
  observer.observe(bar);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    root.removeAttribute("data-with-aloud");
    const hadFocus = bar.contains(document.activeElement);
    bar.remove();
    if (hadFocus) focusHeading();
  });
}

function focusHeading() {
  const heading = document.querySelector("main h1");
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** @param {HTMLElement} button @param {HTMLElement} problem @param {HTMLElement} bar @param {Reading} reading */
function show(button, problem, bar, { isPlaying, hasFailed }) {
  bar.dataset.state = isPlaying ? "playing" : "paused";
  const { playLabel = "", pauseLabel = "" } = button.dataset;
  button.setAttribute("aria-label", isPlaying ? pauseLabel : playLabel);
  problem.hidden = !hasFailed;
}
