// Stores the fonts in use in a cache, so that they also work offline.
import { obstacle } from "../../platform/keeping.js";

/** Store the fonts that this page has loaded. */
export async function storeFonts() {
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
