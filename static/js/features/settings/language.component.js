// Choosing a language. A cookie stores the choice for the front door, and the reader returns to the same page. The
// address names that page after its #: there is no referrer (Referrer-Policy), and the server never sees a fragment.

/** A page's path below the language, with that page's own fragment, if any. */
const PLACE = /^#([a-z0-9/-]*(?:#.*)?)$/;

/** At a click on a link to the choice of languages, add the current page's path to the link. */
export function tellLanguages() {
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element && target.closest('a[href*="/settings/language"]');
    if (!(link instanceof HTMLAnchorElement)) return;
    link.hash = location.pathname.split("/").slice(2).join("/") + location.hash;
  });
}

/** @type {import("../../platform/page.js").Start} */
export default function start(list) {
  list.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-tag]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    const year = 60 * 60 * 24 * 365;
    // A cookie that is "secure" is refused over plain http.
    const secure = location.protocol === "https:" ? "; secure" : "";
    const kept = `path=/; max-age=${year}; samesite=lax${secure}`;
    document.cookie = `locale=${link.dataset.tag}; ${kept}`;
  });
  const [, place = ""] = PLACE.exec(location.hash) ?? [];
  for (const link of list.querySelectorAll("a[data-tag]")) {
    if (link instanceof HTMLAnchorElement && !place.startsWith("settings/")) {
      link.href = `/${link.dataset.tag}/${place}`;
    }
  }
}
