// Whether the browser is set to keep nothing of this site. Chromium calls some refusals an unknown error; reading the
// name of localStorage tells.

/** Return whether the browser refuses storage. Not every browser says so. */
export function isRefused() {
  try {
    return !localStorage;
  } catch (error) {
    return /** @type {any} */ (error)?.name === "SecurityError";
  }
}
