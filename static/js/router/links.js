// Decides which links the app follows by itself, without loading a new page: links to another page of the app in
// the same language. Pure functions.

/**
 * @typedef {object} Link
 * @property {string} href
 * @property {string} target
 * @property {boolean} isDownload
 *
 * @typedef {object} Click
 * @property {boolean} defaultPrevented
 * @property {number} button
 * @property {boolean} altKey
 * @property {boolean} ctrlKey
 * @property {boolean} metaKey
 * @property {boolean} shiftKey
 */

// The browser opens these pages in the normal way. The harmless page must be instant and real. Choosing a language
// loads the app anew in that language.
const NOT_FOLLOWED = /^\/[^/]+\/(hidden|offline|settings\/language)$/;

/** The path of a file has an extension, the path of a page has none. */
const FILE = /\.\w+$/;

/** Return whether a click opens the link in this tab. @param {Click} click */
export function isPlain(click) {
  const { defaultPrevented, button, altKey, ctrlKey, metaKey, shiftKey } = click;
  return !defaultPrevented && button === 0 && !(altKey || ctrlKey || metaKey || shiftKey);
}

/**
 * Return whether the app follows a link by itself.
 * @param {Link} link @param {{href: string, locale: string}} here
 */
export function isFollowed({ href, target, isDownload }, here) {
  if (isDownload || (target && target !== "_self")) return false;
  const url = new URL(href, here.href);
  const current = new URL(here.href);
  if (url.origin !== current.origin || !/^https?:$/.test(url.protocol)) return false;
  if (!url.pathname.startsWith(`/${here.locale}/`)) return false;
  if (NOT_FOLLOWED.test(url.pathname) || FILE.test(url.pathname)) return false;
  // The browser itself goes to another place in the same page.
  return !(isSamePage(url, current) && url.hash);
}

/** @param {URL} a @param {URL} b */
function isSamePage(a, b) {
  return a.pathname === b.pathname && a.search === b.search;
}
