// The reading settings: text size, font, colours, spacing and words. A choice is shown at once and stored on this phone.
// theme.js applies it on every page.
import { obstacle } from "../../platform/keeping.js";
import { check, choose, chosen, forget } from "./reading-choices.js";

/** Store the fonts in use in a cache, so that they also work offline. */
async function storeFonts() {
  if (await obstacle()) return;
  await document.fonts.ready;
  const used = performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name).pathname)
    .filter((path) => path.startsWith("/static/fonts/"));
  const cache = await caches.open("chosen-fonts");
  await Promise.all(
    used.map(async (path) => (await caches.match(path)) ?? (await cache.add(path))),
  );
}

/** @type {import("../../platform/page.js").Start} */
export default function start(form) {
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener("change", async () => {
    choose(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, `${value}`])));
    if (chosen().font === "dyslexic") await storeFonts();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    forget();
    check(form);
  });
  check(form);
}
