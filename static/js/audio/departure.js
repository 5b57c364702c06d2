// Tells whether the reader leaves this document for another page of the app, and not for somewhere else.

/**
 * Watch what the reader presses.
 * @returns {() => boolean} true if the last thing that was pressed leads to a page of the app
 */
export function watchDeparture() {
  let isWithinApp = false;
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a[href]") : null;
    isWithinApp = link instanceof HTMLAnchorElement && leadsToPage(link);
  });
  // The reader opens this page again (platform/reopening.js).
  document.addEventListener("page-reopens", () => (isWithinApp = true));
  document.addEventListener("page-shown", () => (isWithinApp = false));
  return () => isWithinApp;
}

/** @param {HTMLAnchorElement} link */
function leadsToPage({ origin, target, pathname }) {
  // The page that hides everything is silent.
  return origin === location.origin && !target && !pathname.endsWith("/hidden");
}
