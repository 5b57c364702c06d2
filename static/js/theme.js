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
    const chosen = JSON.parse(localStorage.getItem("reading") ?? "{}");
    for (const name of ["theme", "size", "font", "spacing"]) {
      if (typeof chosen[name] === "string") root.dataset[name] = chosen[name];
    }
  } catch {
    // Storage refused or damaged: the usual look.
  }
})();
