// Another page of the app as a document: out of this phone as a navigation would get it, else from the
// server.
import { locale } from "../lib/messages.js";
import { cacheName } from "../offline/snapshot.js";
import { activeVersion } from "../offline/snapshots.js";

/** Longer (ms) than that nobody waits without a sign: the browser's own loading has one. */
const PATIENCE = 10_000;

/** It can't be shown in this place; the browser opens it as usual. */
class PlainError extends Error {
  name = "PlainError";
}

/**
 * @param {string} path @param {AbortSignal} signal
 * @returns {Promise<Document>}
 * @throws {PlainError | TypeError | DOMException}
 */
export async function documentAt(path, signal) {
  const response = (await kept(path)) ?? (await fetched(path, signal));
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.ok || response.redirected || !type.startsWith("text/html")) {
    throw new PlainError(`${path}: ${response.status} ${type}`);
  }
  const found = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!isOfThisBuild(found)) throw new PlainError(`${path}: another build`);
  // Parsed as if there were no scripts, what is in there would be shown and fetched.
  for (const element of found.querySelectorAll("noscript")) element.remove();
  return found;
}

/** The worker answers navigations out of the active snapshot, but no script: the same is done here. @param {string} path */
async function kept(path) {
  if (!("caches" in globalThis)) return undefined;
  const version = await activeVersion(locale());
  if (!version) return undefined;
  const name = cacheName(locale(), version);
  return caches.match(path, { cacheName: name, ignoreSearch: true, ignoreVary: true });
}

/** @param {string} path @param {AbortSignal} signal */
function fetched(path, signal) {
  const late = AbortSignal.timeout(PATIENCE);
  return fetch(path, { signal: AbortSignal.any?.([signal, late]) ?? signal });
}

/** Pages of another build have other scripts and another look: they start from the beginning. @param {Document} found */
function isOfThisBuild(found) {
  const same = (/** @type {string} */ selector) =>
    addresses(found, selector).join() === addresses(document, selector).join();
  const [html, here] = [found.documentElement, document.documentElement];
  return (
    same("head > script[src]") &&
    same("head > link[rel=stylesheet]") &&
    html.lang === here.lang &&
    html.dataset.locale === here.dataset.locale &&
    found.querySelector("main") !== null &&
    found.querySelector(".bar") !== null
  );
}

/** @param {Document} page @param {string} selector */
function addresses(page, selector) {
  const found = page.querySelectorAll(selector);
  return Array.from(found, (one) => one.getAttribute("src") ?? one.getAttribute("href"));
}
