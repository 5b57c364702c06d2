// Choosing a language: remembered for the front door, and the reader stays on the same page.

/** @type {import("../main.js").Start} */
export default function start(list) {
  list.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-tag]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    const year = 60 * 60 * 24 * 365;
    document.cookie = `locale=${link.dataset.tag}; path=/; max-age=${year}; samesite=lax`;
  });
  // Come here from a page of the app: the same page in the other language.
  const from = document.referrer && new URL(document.referrer);
  if (!from || from.origin !== location.origin) return;
  // What a "this week" link names is in its fragment, which comes along (components/this-week.js).
  const rest = from.pathname.split("/").slice(2).join("/");
  for (const link of list.querySelectorAll("a[data-tag]")) {
    if (link instanceof HTMLAnchorElement && !rest.startsWith("settings/")) {
      link.href = `/${link.dataset.tag}/${rest}${location.hash}`;
    }
  }
}
