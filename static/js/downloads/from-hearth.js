// Tells a response of Hearth's server from that of something on the way to it: a page for signing in to Wi-Fi, a proxy's
// maintenance page, a filter. Only a response from Hearth may say that something is gone, refused or replaced. Any
// other response means "later". Pure.

/** The server puts this header on every response (hearth_cft/web/headers.py). */
const MARK = "hearth";

/**
 * Return whether Hearth's server gave the response. Some proxies pass on only headers that they know, so the digest of
 * what was published counts too.
 * @param {Headers} headers
 */
export function isFromHearth(headers) {
  return headers.has(MARK) || headers.has("repr-digest");
}
