// The service worker's event handlers. rules.js decides where a response comes from; saved.js answers for
// saved recordings.
import { activeKey, decide, isUnreachable, otherForm, SIGN_IN, snapshotName } from "./rules.js";
import { answerSaved } from "./saved.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const ANY = { ignoreSearch: true, ignoreVary: true };
/** How long to wait for the service to answer, in ms: where the phone has the page that is wanted, and elsewhere. */
const [SHORT, LONG] = [3_000, 30_000];

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (event) => {
  const type = event.data?.type;
  // Pages send this only when no tab has unsaved text or plays a recording.
  if (type === "activate") event.waitUntil(worker.skipWaiting());
  // Pages that this worker doesn't control send this.
  if (type === "claim") event.waitUntil(worker.clients.claim());
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
 * Answer with the page from the active snapshot, else from the network, else with what the phone has instead. For a
 * missing or extra final slash, redirect as the server does. If a sign-in in front of the service refuses the page,
 * leave it to the browser to sign in.
 * @param {Request} request
 * @param {URL} url
 * @param {string | null} locale
 */
async function page(request, url, locale) {
  const path = url.pathname;
  const kept = await fromSnapshot(locale, path);
  if (kept) return kept;
  if (request.mode !== "navigate") return fetch(request);
  const other = otherForm(path);
  if (await fromSnapshot(locale, other)) return redirect(other + url.search, 308);
  const instead = await standIn(path, locale);
  const limits = instead ? [silence(path === "/" ? SHORT : LONG)] : [];
  try {
    const answer = await Promise.race([fetch(request), ...limits]);
    if (answer.status === 401) return redirect(`${SIGN_IN}?${path}`, 302);
    return instead && isUnreachable(answer.status, path) ? instead : answer;
  } catch (error) {
    if (!instead) throw error;
    return instead;
  }
}

/**
 * Return what the phone shows when the service can't be reached. For "/", redirect to the last language. For any other
 * page, return the offline page, in the page's language or else in the last one.
 * @param {string} path
 * @param {string | null} locale
 * @returns {Promise<Response | undefined>} undefined if the phone has nothing
 */
async function standIn(path, locale) {
  const last = (await activeNote("last"))?.locale ?? null;
  if (path === "/") {
    const home = `/${last}/`;
    return (await fromSnapshot(last, home)) && redirect(home, 302);
  }
  return (
    (await fromSnapshot(locale, `/${locale}/offline`)) ?? fromSnapshot(last, `/${last}/offline`)
  );
}

/** @param {string} path @param {number} status */
function redirect(path, status) {
  return Response.redirect(new URL(path, worker.location.origin), status);
}

/**
 * Reject after this long.
 * @param {number} milliseconds
 * @returns {Promise<never>}
 */
function silence(milliseconds) {
  return new Promise((_, reject) => setTimeout(reject, milliseconds));
}

/**
 * Return the file at a path in the active snapshot of a language.
 * @param {string | null} locale
 * @param {string} path
 * @returns {Promise<Response | undefined>}
 */
async function fromSnapshot(locale, path) {
  return locale ? (await activeSnapshot(locale))?.match(path, ANY) : undefined;
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
