// A classic script in <head>, before the style sheet: what the reader chose is there at first paint.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const chosen = JSON.parse(localStorage.getItem("reading") ?? "{}");
    for (const name of ["theme", "size", "font", "spacing"]) {
      if (typeof chosen[name] === "string") root.dataset[name] = chosen[name];
    }
  } catch {
    // Storage refused or damaged: the usual look.
  }
})();
