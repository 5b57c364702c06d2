// A classic script in <head>, before the style sheet: what the reader chose is there at first paint.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  // A script that can't be had leaves the page as it is without scripts: readable to its end.
  const missing = (/** @type {Event} */ { target }) => {
    if (target instanceof HTMLScriptElement) delete root.dataset.js;
  };
  addEventListener("error", missing, { capture: true });
  try {
    // Home's card about the home screen: there from the first paint or not at all, so that nothing jumps.
    const declined = localStorage.getItem("install-card") === "declined";
    const written = localStorage.getItem("has-entries") !== null;
    if (!declined && !written) root.dataset.mayInstall = "";
    const chosen = JSON.parse(localStorage.getItem("reading") ?? "{}");
    for (const name of ["theme", "size", "font", "spacing"]) {
      if (typeof chosen[name] === "string") root.dataset[name] = chosen[name];
    }
  } catch {
    // Storage refused or damaged: the usual look.
  }
})();
