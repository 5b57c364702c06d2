// The link to "Text and colours" that stands on every page. It opens a panel over the page; without scripts, or if the
// panel can't be had, it opens the page settings/reading.

/** @type {import("../../platform/page.js").Start} */
export default function start(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  link.setAttribute("aria-expanded", "false");
  document.addEventListener("open-reading-panel", () => void toggle(link));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void toggle(link);
  });
}

/** @param {HTMLAnchorElement} link */
async function toggle(link) {
  try {
    await (await import("./panel.js")).togglePanel(link);
  } catch {
    location.assign(link.href);
  }
}
