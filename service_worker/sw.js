// The service worker's event handlers. rules.js decides where a response comes from; saved.js answers for
// saved recordings.
import { activeKey, decide, localeOf, SIGN_IN, snapshotName } from "./rules.js";
import { answerSaved } from "./saved.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const ANY = { ignoreSearch: true, ignoreVary: true };

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (event) => {
  // Pages send this only when no tab has unsaved text or plays a recording.
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
    // Only requests by scripts have no destination. When the user reloads the page, a cache may still answer.
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

/**
 * Answer with the page from the active snapshot, else from the network, else with the offline page. If a sign-in in
 * front of the service refuses the page, leave it to the browser to sign in.
 * @param {Request} request
 * @param {URL} url
 * @param {string | null} locale
 */
async function page(request, url, locale) {
  const kept = locale && (await (await activeSnapshot(locale))?.match(url.pathname, ANY));
  if (kept) return kept;
  try {
    const answer = await fetch(request);
    const isRefused = answer.status === 401 && request.mode === "navigate";
    return isRefused ? Response.redirect(`${SIGN_IN}?${url.pathname}`) : answer;
  } catch (error) {
    if (request.mode !== "navigate") throw error;
    return offline(url);
  }
}

/**
 * Answer without a network. Redirect "/" to the last language. For any other page, return the offline page, in
 * the page's language or else in the last one.
 * @param {URL} url
 */
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

/**
 * @param {string} locale or "last"
 * @returns {Promise<{locale: string, version: string} | null>}
 */
async function activeNote(locale) {
  const note = await caches.match(activeKey(locale), { cacheName: "hearth-active" });
  return note ? note.json() : null;
}

/**
 * @param {string} locale
 * @returns {Promise<Cache | null>}
 */
async function activeSnapshot(locale) {
  const note = await activeNote(locale);
  const name = note && snapshotName(locale, note.version);
  return name && (await caches.has(name)) ? caches.open(name) : null;
}
