// What a request gets: decided here, fetched elsewhere. Pure.

/**
 * @typedef {object} Asked
 * @property {string} method
 * @property {string} path
 * @property {boolean} navigates a page is being opened
 * @property {boolean} refills the page fills a cache and wants the server's own bytes
 *
 * @typedef {{from: "network"}} Network left to the browser
 * @typedef {{from: "saved"}} Saved a recording out of this phone
 * @typedef {{from: "static"}} Static a file that never changes: any cache, then the network
 * @typedef {{from: "page", locale: string | null}} Page a page: the snapshot, then the network
 * @typedef {Network | Saved | Static | Page} Decision
 */

const LOCALE = /^\/([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?:\/|$)/;

/** Documents of a language that its pages fetch. */
const CARRIED =
  /^\/[^/]+\/(?:messages(?:\/[\w-]+)?\.json|(?:items|search|worksheets)\.json|\w+\.webmanifest)$/;

/** The language that an address is in, if it names one. @param {string} path */
export function localeOf(path) {
  return LOCALE.exec(path)?.[1] ?? null;
}

/** @param {Asked} request @returns {Decision} */
export function decide({ method, path, navigates, refills }) {
  if (path.startsWith("/saved/")) return { from: "saved" };
  // A refill answered out of what it is to replace would keep the old for ever.
  if (method !== "GET" || refills) return { from: "network" };
  if (path.startsWith("/static/")) return { from: "static" };
  // Streams that pass through a worker hang on iOS.
  if (path.startsWith("/media/") || path.startsWith("/api/")) return { from: "network" };
  if (navigates || CARRIED.test(path)) return { from: "page", locale: localeOf(path) };
  return { from: "network" };
}

/** Where an active snapshot is noted. @param {string} locale */
export function activeKey(locale) {
  return `/active/${locale}`;
}

/** The cache of a snapshot. @param {string} locale @param {string} version */
export function snapshotName(locale, version) {
  return `pages-${locale}-${version}`;
}
