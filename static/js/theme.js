// Applies the reader's choices before the first paint. This is a classic script in <head>, after the style sheets: the
// reader's own come last.
(() => {
  /** After so long, the home page says "Welcome back". In ms. */
  const AWAY = 21 * 86_400_000;
  /** It says so for this long. In ms. */
  const VISIT = 3_600_000;
  /** A recording that was stopped before this isn't worth resuming. In seconds. */
  const WORTH_RESUMING = 15;
  const root = document.documentElement;
  const readingSheet = document.currentScript?.dataset.readingSheet;
  /** How to take back each of the reader's choices. @type {(() => void)[]} */
  let undo = [];
  const isServiceDiscreet = root.dataset.discreet !== undefined;
  root.dataset.js = "";
  // If a script can't be loaded, show the page as it is without scripts, so that all its text can be read. Say that its
  // buttons don't work.
  const showPlain = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLScriptElement)) return;
    delete root.dataset.js;
    root.dataset.unloaded = "";
  };
  addEventListener("error", showPlain, { capture: true });
  document.addEventListener("discreet-changed", beDiscreet);
  document.addEventListener("click", rememberPress);
  for (const event of ["visibilitychange", "page-shown"]) document.addEventListener(event, greet);
  document.addEventListener("reading-changed", (event) => {
    read(/** @type {CustomEvent} */ (event).detail);
  });
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== "reading") return;
    const detail = JSON.parse(newValue ?? "{}");
    document.dispatchEvent(new CustomEvent("reading-changed", { detail }));
  });
  try {
    beDiscreet();
    stayHidden();
    // Show the home page's card about installing from the first paint or not at all, so that nothing moves.
    const declined = localStorage.getItem("install-card") === "declined";
    const hasEntries = localStorage.getItem("has-entries") !== null;
    if (!declined && !hasEntries) root.dataset.mayInstall = "";
    greet();
    localStorage.setItem("last-visit", String(Date.now()));
    // Reserve space for the rows of "This week" on the home page.
    const rows = localStorage.getItem("week-rows");
    if (rows) root.dataset.weekRows = rows;
    read(JSON.parse(localStorage.getItem("reading") ?? "{}"));
  } catch {
    // Storage is refused or damaged. Use the default look.
  }

  // Read as the reader has chosen: a name with dashes is a custom property, any other is a data attribute.
  /** @param {Record<string, string>} chosen */
  function read(chosen) {
    for (const takeBack of undo) takeBack();
    // What the page says about itself is no choice, whatever is stored.
    const names = Object.keys(chosen).filter((name) => !(name in root.dataset));
    undo = names.map((name) => {
      if (name.startsWith("--")) {
        root.style.setProperty(name, chosen[name]);
        return () => root.style.removeProperty(name);
      }
      root.dataset[name] = chosen[name];
      return () => delete root.dataset[name];
    });
    if (names.length) loadReadingSheet();
  }

  // Only readers who have chosen something need these styles. The parser waits for a sheet that is written, so nothing
  // flashes.
  function loadReadingSheet() {
    if (document.querySelector(`link[href="${readingSheet}"]`)) return;
    const html = `<link rel="stylesheet" href="${readingSheet}" data-added>`;
    if (document.currentScript) document.write(html);
    else document.head.insertAdjacentHTML("beforeend", html);
  }

  // Remember a button that is pressed before its component has started. main.js clicks it when it has started. The eye in
  // the header acts at once.
  /** @param {Event} event */
  function rememberPress(event) {
    const { target } = event;
    const pressed =
      target instanceof Element ? target.closest("button, a[data-module=hide]") : null;
    const part = pressed?.closest("[data-module]");
    if (!pressed || !part?.matches(":not([data-called], [data-broken])")) return;
    // Don't submit a form that no script handles yet: that would only reload the page.
    event.preventDefault();
    if (pressed instanceof HTMLAnchorElement) return hide(pressed.href);
    document.querySelector("[data-pressed]")?.removeAttribute("data-pressed");
    /** @type {HTMLElement} */ (pressed).dataset.pressed = "";
  }

  // Hide every tab, as features/settings/hide.component.js does once it has started.
  /** @param {string} href of the harmless page */
  function hide(href) {
    root.dataset.covered = "";
    try {
      sessionStorage.setItem("hidden", "1");
      localStorage.removeItem("help-recordings");
      new BroadcastChannel("hearth-hide").postMessage("hide");
    } catch {
      // The browser refuses some of it. This tab is hidden all the same.
    }
    location.replace(href);
  }

  // Choose what the home page says by the time of day, and whether it offers the recording that was stopped.
  function greet() {
    if (document.hidden) return;
    const hour = new Date().getHours();
    const isNight = hour < 5 || hour >= 23;
    root.toggleAttribute("data-night", isNight);
    if (isNight) root.dataset.greeting = "night";
    else root.dataset.greeting = hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
    try {
      const visit = Number(localStorage.getItem("last-visit"));
      if (visit && Date.now() - visit > AWAY) sessionStorage.setItem("welcome", String(Date.now()));
      const isBack = Date.now() - Number(sessionStorage.getItem("welcome")) < VISIT;
      if (isBack) root.dataset.greeting = "back";
      const { last, stopped } = JSON.parse(localStorage.getItem("listening") ?? "{}");
      // To somebody who was away for weeks, an old recording might feel like a reproach.
      const isStopped = !isBack && stopped?.[`${last?.slug}/${last?.version}`] >= WORTH_RESUMING;
      root.toggleAttribute("data-stopped", isStopped);
    } catch {
      // Storage is refused or damaged. Greet only.
    }
  }

  // In discreet mode, use a neutral name, icon and titles before anybody sees the real ones. The reader chooses this
  // mode on this phone, or the service sets it.
  function beDiscreet() {
    const isDiscreet = isServiceDiscreet || localStorage.getItem("discreet") !== null;
    root.toggleAttribute("data-discreet", isDiscreet);
    for (const element of document.querySelectorAll("[data-neutral]")) {
      const node = /** @type {any} */ (element);
      const name = "href" in node ? "href" : "content" in node ? "content" : "textContent";
      node.dataset.ours ??= node[name];
      node[name] = isDiscreet ? node.dataset.neutral : node.dataset.ours;
    }
  }

  // After the reader has hidden the app (features/settings/hide.component.js), Back and Forward show only the neutral
  // page, until somebody opens a page in another way.
  function stayHidden() {
    const [navigation] = performance.getEntriesByType("navigation");
    const isBackOrForward = /** @type {any} */ (navigation)?.type === "back_forward";
    const neutralPage = `/${root.dataset.locale}/hidden`;
    if (location.pathname === neutralPage) return;
    if (!isBackOrForward) return sessionStorage.removeItem("hidden");
    if (sessionStorage.getItem("hidden") === null) return;
    root.dataset.covered = "";
    location.replace(neutralPage);
  }
})();
