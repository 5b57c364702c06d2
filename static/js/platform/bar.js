// The bar at the bottom: how much of the screen it takes. Large text can need a second row.

/**
 * Tell the style sheet how high the bar is without the phone's own margin (`--tabs`), and whether it takes more than a
 * quarter of the screen (`data-tall-bar`).
 */
export function followBar() {
  const root = document.documentElement;
  const bar = document.querySelector(".bar");
  if (!(bar instanceof HTMLElement)) return;
  const measure = () => {
    const { paddingTop, paddingBottom } = getComputedStyle(bar);
    const height = bar.offsetHeight - parseFloat(paddingBottom) + parseFloat(paddingTop);
    root.style.setProperty("--tabs", `${height}px`);
    root.toggleAttribute("data-tall-bar", bar.offsetHeight * 4 > innerHeight);
  };
  new ResizeObserver(measure).observe(bar);
  addEventListener("resize", measure);
}
