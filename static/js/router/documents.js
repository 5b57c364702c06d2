// Loads another page of the app as a document. It comes from the offline snapshot on this phone, as a normal
// navigation would, otherwise from the server.
import { locale } from "../platform/i18n.js";
import { obstacle } from "../platform/keeping.js";
import { cacheName } from "../downloads/snapshot.js";
import { activeVersion } from "../downloads/snapshots.js";

/** After this long, stop and let the browser open the page: it shows its own progress. In ms. */
const TIMEOUT = 10_000;

/** The page can't be swapped in. The browser must open it in the normal way. */
class PlainError extends Error {
  name = "PlainError";
}

/**
 * Load a page.
 * @param {string} path @param {AbortSignal} signal
 * @returns {Promise<Document>}
 * @throws {PlainError | TypeError | DOMException}
 */
export async function documentAt(path, signal) {
  let page;
  for await (page of keptAt(path)) if (isOfThisBuild(page)) break;
  page ??= await fromServer(path, signal);
  if (!isOfThisBuild(page)) throw new PlainError(`${path}: another build`);
  // DOMParser parses as if scripts were off, so the content of <noscript> would be shown and its files fetched.
  for (const element of page.querySelectorAll("noscript")) element.remove();
  return page;
}

/**
 * Read a page from the active snapshot, then from the others: after an update, this document is of the build before.
 * The service worker reads snapshots only for navigations, not for a script's fetch.
 * @param {string} path
 */
async function* keptAt(path) {
  const active = (await obstacle()) ? null : await activeVersion(locale());
  if (!active) return;
  const others = (await caches.keys()).filter((name) => name.startsWith(cacheName(locale(), "")));
  for (const name of new Set([cacheName(locale(), active), ...others])) {
    const options = { cacheName: name, ignoreSearch: true, ignoreVary: true };
    const kept = await caches.match(path, options);
    if (kept) yield pageIn(await kept.text());
  }
}

/**
 * @param {string} path @param {AbortSignal} signal
 * @returns {Promise<Document>}
 */
async function fromServer(path, signal) {
  const timeout = AbortSignal.timeout(TIMEOUT);
  const response = await fetch(path, { signal: AbortSignal.any?.([signal, timeout]) ?? signal });
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.ok || response.redirected || !type.startsWith("text/html")) {
    throw new PlainError(`${path}: ${response.status} ${type}`);
  }
  return pageIn(await response.text());
}

/** @param {string} html */
function pageIn(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/**
 * Return whether a page has the same scripts, style sheets and language as this one. A page of another build needs a
 * normal navigation.
 * @param {Document} page
 */
function isOfThisBuild(page) {
  const same = (/** @type {string} */ selector) =>
    addresses(page, selector).join() === addresses(document, selector).join();
  const [html, here] = [page.documentElement, document.documentElement];
  return (
    same("head > script[src]") &&
    same("head > link[rel=stylesheet]:not([data-added])") &&
    html.lang === here.lang &&
    html.dataset.locale === here.dataset.locale &&
    page.querySelector("main") !== null &&
    page.querySelector(".bar") !== null
  );
}

/** @param {Document} page @param {string} selector */
function addresses(page, selector) {
  const elements = page.querySelectorAll(selector);
  return Array.from(
    elements,
    (element) => element.getAttribute("src") ?? element.getAttribute("href"),
  );
}
