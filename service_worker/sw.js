// Wires the worker's events; rules.js decides, range.js counts.
import { activeKey, decide, localeOf, snapshotName } from "./rules.js";
import { answerSaved } from "./saved.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const ANY = { ignoreSearch: true, ignoreVary: true };

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (event) => {
  // Sent only when nothing is unsaved and nothing plays, in any tab.
  if (event.data?.type === "activate") event.waitUntil(worker.skipWaiting());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  const decision = decide({
    method: request.method,
    path: url.pathname,
    navigates: request.mode === "navigate",
    // Scripts alone have no destination: a reader's own reload is still answered from here.
    refills: !request.destination && /^(reload|no-store)$/.test(request.cache),
  });
  if (decision.from === "saved") event.respondWith(answerSaved(request));
  else if (decision.from === "static") event.respondWith(fromAnyCache(request));
  else if (decision.from === "page") event.respondWith(page(request, url, decision.locale));
});

/** @param {Request} request */
async function fromAnyCache(request) {
  return (await caches.match(request, ANY)) ?? fetch(request);
}

/** @param {Request} request @param {URL} url @param {string | null} locale */
async function page(request, url, locale) {
  const kept = locale && (await (await activeSnapshot(locale))?.match(url.pathname, ANY));
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode !== "navigate") throw error;
    return offline(url);
  }
}

/** The front door leads on to the last language; an unknown page says that it isn't here. @param {URL} url */
async function offline(url) {
  const last = (await activeNote("last"))?.locale;
  if (url.pathname === "/" && last) return Response.redirect(`/${last}/`);
  for (const locale of [localeOf(url.pathname), last]) {
    const snapshot = locale && (await activeSnapshot(locale));
    const page = snapshot && (await snapshot.match(`/${locale}/offline`, ANY));
    if (page) return page;
  }
  return Response.error();
}

/** @param {string} locale @returns {Promise<{locale: string, version: string} | null>} */
async function activeNote(locale) {
  const note = await caches.match(activeKey(locale), { cacheName: "hearth-active" });
  return note ? note.json() : null;
}

/** @param {string} locale @returns {Promise<Cache | null>} */
async function activeSnapshot(locale) {
  const note = await activeNote(locale);
  const name = note && snapshotName(locale, note.version);
  return name && (await caches.has(name)) ? caches.open(name) : null;
}
