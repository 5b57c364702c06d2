// A classic script in <head>, before the style sheet: what the reader chose is there at first paint.
(() => {
  const root = document.documentElement;
  const isAlways = root.dataset.discreet !== undefined;
  root.dataset.js = "";
  // A script that can't be had leaves the page as it is without scripts: readable to its end.
  const missing = (/** @type {Event} */ { target }) => {
    if (target instanceof HTMLScriptElement) delete root.dataset.js;
  };
  addEventListener("error", missing, { capture: true });
  document.addEventListener("discreet-changed", beDiscreet);
  document.addEventListener("click", remember);
  try {
    beDiscreet();
    stayHidden();
    // Home's card about the home screen: there from the first paint or not at all, so that nothing jumps.
    const declined = localStorage.getItem("install-card") === "declined";
    const written = localStorage.getItem("has-entries") !== null;
    if (!declined && !written) root.dataset.mayInstall = "";
    // Home's "This week" keeps a place for its rows.
    const rows = localStorage.getItem("week-rows");
    if (rows) root.dataset.weekRows = rows;
    const chosen = JSON.parse(localStorage.getItem("reading") ?? "{}");
    for (const name of ["theme", "size", "font", "spacing"]) {
      if (typeof chosen[name] === "string") root.dataset[name] = chosen[name];
    }
  } catch {
    // Storage refused or damaged: the usual look.
  }

  // A button that is pressed before its script is here does what it is for once it is (main.js).
  /** @param {Event} event */
  function remember(event) {
    const { target } = event;
    const button = target instanceof Element ? target.closest("button") : null;
    const part = button?.closest("[data-module]");
    if (!button || !part?.matches(":not([data-called], [data-broken])")) return;
    // A form that no script listens to would only load the page again.
    event.preventDefault();
    document.querySelector("[data-pressed]")?.removeAttribute("data-pressed");
    button.dataset.pressed = "";
  }

  // Chosen on this phone, or set by the service: name, icon and titles that tell nothing, before anybody sees others.
  function beDiscreet() {
    const isDiscreet = isAlways || localStorage.getItem("discreet") !== null;
    root.toggleAttribute("data-discreet", isDiscreet);
    for (const element of document.querySelectorAll("[data-neutral]")) {
      const part = /** @type {any} */ (element);
      const name = "href" in part ? "href" : "content" in part ? "content" : "textContent";
      part.dataset.ours ??= part[name];
      part[name] = isDiscreet ? part.dataset.neutral : part.dataset.ours;
    }
  }

  // After the eye (components/hide.js): until somebody opens a page themselves, Back and Forward show none.
  function stayHidden() {
    const [how] = performance.getEntriesByType("navigation");
    const isWayBack = /** @type {any} */ (how)?.type === "back_forward";
    const harmless = `/${root.dataset.locale}/hidden`;
    if (location.pathname === harmless) return;
    if (!isWayBack) return sessionStorage.removeItem("hidden");
    if (sessionStorage.getItem("hidden") === null) return;
    root.dataset.covered = "";
    location.replace(harmless);
  }
})();
