// Fetches files of the service through a sign-in that stands in front of it: basic auth, or a cookie of a proxy.
import { SignInError } from "./errors.js";
import { isFromHearth } from "./from-hearth.js";

/** With these statuses, a sign-in or a network refuses whoever isn't signed in. */
const STATUSES = [401, 403, 511];

/**
 * Fetch a file with what this browser knows of the sign-in.
 * Throws SignInError when the sign-in answers, or the network's error.
 * @param {string} url
 * @param {RequestInit} options
 */
export async function fetchSignedIn(url, options) {
  // Hearth redirects no file. A sign-in is often at another host name, whose page a script may not read.
  const request = /** @type {const} */ ({ credentials: "same-origin", redirect: "manual" });
  const response = await fetch(url, { ...options, ...request });
  const isRefused = STATUSES.includes(response.status) && !isFromHearth(response.headers);
  if (response.type !== "opaqueredirect" && !isRefused) return response;
  await response.body?.cancel();
  throw new SignInError(url, response.status);
}
