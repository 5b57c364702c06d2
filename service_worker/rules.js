// Decides where the response to a request comes from. Other modules fetch it. Pure.

/**
 * @typedef {object} Asked
 * @property {string} method
 * @property {string} path
 * @property {boolean} navigates the request opens a page
 * @property {boolean} refills a script fills a cache and needs the server's own bytes
 *
 * @typedef {{from: "network"}} Network the browser handles the request itself
 * @typedef {{from: "saved"}} Saved a recording that is saved on this phone
 * @typedef {{from: "static"}} Static a file that never changes: from any cache, else from the network
 * @typedef {{from: "page", locale: string | null}} Page a page: from the active snapshot, else from the network
 * @typedef {Network | Saved | Static | Page} Decision
 */

const LOCALE = /^\/([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?:\/|$)/;

/** Files of a language that its pages fetch. Snapshots hold them, so they are answered like pages. */
const CARRIED =
  /^\/[^/]+\/(?:messages(?:\/[\w-]+)?\.json|(?:items|search|worksheets)\.json|drawings\.svg|\w+\.webmanifest)$/;

/** Leads through a sign-in in front of the service to the page whose path is the query. */
export const SIGN_IN = "/sign-in";

/**
 * Return the language at the start of a path; null if there is none.
 * @param {string} path
 */
export function localeOf(path) {
  return LOCALE.exec(path)?.[1] ?? null;
}

/**
 * @param {Asked} request
 * @returns {Decision}
 */
export function decide({ method, path, navigates, refills }) {
  if (path.startsWith("/saved/")) return { from: "saved" };
  // If the worker answered these requests from a cache, the cache would be filled with its own old content.
  if (method !== "GET" || refills) return { from: "network" };
  if (path.startsWith("/static/")) return { from: "static" };
  // Streamed responses that pass through a service worker hang on iOS.
  if (path.startsWith("/media/") || path.startsWith("/api/")) return { from: "network" };
  // A browser asks for the password of basic auth only where no worker answers.
  if (path === SIGN_IN) return { from: "network" };
  if (navigates || CARRIED.test(path)) return { from: "page", locale: localeOf(path) };
  return { from: "network" };
}

/**
 * Return a page's address with a final slash, or without one if it has one. The server redirects to the form that it
 * has (hearth_cft/web/errors.py).
 * @param {string} path
 */
export function otherForm(path) {
  return path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
}

/**
 * Return whether the answer to a navigation shows that the service can't be reached. At "/" the service only
 * redirects, so a page there is somebody else's, such as a notice of maintenance. Addresses without a language, such
 * as /healthz/store, are no pages of the app.
 * @param {number} status 0 for a redirect
 * @param {string} path
 */
export function isUnreachable(status, path) {
  if (path === "/") return status === 200 || status >= 500;
  return status >= 500 && localeOf(path) !== null;
}

/**
 * Return the cache key that says which snapshot is active.
 * @param {string} locale
 */
export function activeKey(locale) {
  return `/active/${locale}`;
}

/**
 * Return the name of a snapshot's cache.
 * @param {string} locale
 * @param {string} version
 */
export function snapshotName(locale, version) {
  return `pages-${locale}-${version}`;
}
