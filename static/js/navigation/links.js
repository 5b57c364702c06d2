// Which links are followed under the sound: those that lead to another page of the app in the same
// language. Pure.

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

// The harmless page must be instant and real; the choice of a language begins anew in it.
const NEVER = /^\/[^/]+\/(hidden|offline|settings\/language)$/;

/** A file has an ending, a page hasn't. */
const FILE = /\.\w+$/;

/** Whether a click asks for the page in this place. @param {Click} click */
export function isPlain(click) {
  const { defaultPrevented, button, altKey, ctrlKey, metaKey, shiftKey } = click;
  return !defaultPrevented && button === 0 && !(altKey || ctrlKey || metaKey || shiftKey);
}

/**
 * Whether an address can be followed without loading a page.
 * @param {Link} link @param {{href: string, locale: string}} here
 */
export function isFollowed({ href, target, isDownload }, here) {
  if (isDownload || (target && target !== "_self")) return false;
  const there = new URL(href, here.href);
  const from = new URL(here.href);
  if (there.origin !== from.origin || !/^https?:$/.test(there.protocol)) return false;
  if (!there.pathname.startsWith(`/${here.locale}/`)) return false;
  if (NEVER.test(there.pathname) || FILE.test(there.pathname)) return false;
  // Within the page: the browser goes there itself.
  return !(isSamePage(there, from) && there.hash);
}

/** @param {URL} one @param {URL} other */
function isSamePage(one, other) {
  return one.pathname === other.pathname && one.search === other.search;
}
