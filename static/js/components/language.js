// Choosing a language: remembered for the front door, and the reader stays on the same page. Which one that is, the address
// says after its #: no page tells another where somebody comes from (Referrer-Policy), and no server learns of it.

/** A page below the language, with what its own address has after the #. */
const PLACE = /^#([a-z0-9/-]*(?:#.*)?)$/;

/** Links to the choice of languages say where they are. */
export function tellLanguages() {
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element && target.closest('a[href*="/settings/language"]');
    if (!(link instanceof HTMLAnchorElement)) return;
    link.hash = location.pathname.split("/").slice(2).join("/") + location.hash;
  });
}

/** @type {import("../main.js").Start} */
export default function start(list) {
  list.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-tag]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    const year = 60 * 60 * 24 * 365;
    document.cookie = `locale=${link.dataset.tag}; path=/; max-age=${year}; samesite=lax`;
  });
  const [, place = ""] = PLACE.exec(location.hash) ?? [];
  for (const link of list.querySelectorAll("a[data-tag]")) {
    if (link instanceof HTMLAnchorElement && !place.startsWith("settings/")) {
      link.href = `/${link.dataset.tag}/${place}`;
    }
  }
}
