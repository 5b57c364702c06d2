// Whether this browser lets the site keep pages and recordings. People block site data, open private windows, and type
// addresses without https.

import { isRefused } from "./refusal.js";

/**
 * Why nothing can be kept: "insecure": the address isn't secure; "missing": the browser lacks something, for example in
 * a private window; "refused": it is set to keep nothing of this site.
 * @typedef {"insecure" | "missing" | "refused"} Obstacle
 */

/** @type {Promise<Obstacle | null> | undefined} */
let found;

/** Return why nothing can be kept here, or null if it can. */
export function obstacle() {
  found ??= find();
  return found;
}

/** @returns {Promise<Obstacle | null>} */
async function find() {
  if (!isSecureContext) return "insecure";
  try {
    const { caches, crypto, navigator } = globalThis;
    if (!caches || !crypto?.subtle || !navigator.locks || !navigator.serviceWorker)
      return "missing";
    await Promise.all([
      caches.has("hearth-active"),
      navigator.locks.query(),
      navigator.serviceWorker.getRegistration(),
    ]);
    return null;
  } catch (error) {
    // Another error may pass: whoever stores something says what it is.
    const isClear = /** @type {any} */ (error)?.name === "SecurityError";
    return isClear || isRefused() ? "refused" : null;
  }
}
