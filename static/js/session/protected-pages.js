// Decides which pages ask for the PIN at once. Pure.

// These pages show nothing but the reader's own words. Other pages also have content that must never wait for a PIN
// (reading, listening, the crisis lines). They leave out the reader's words until the reader asks for them.
const ASKED = /^\/[^/]+\/(notes\/.*|worksheets\/.+|recordings\/my-letter|settings\/(backup|lock))$/;

/** @param {string} path */
export function isAskedAt(path) {
  return ASKED.test(path);
}
