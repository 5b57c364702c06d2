// Where the PIN is asked at once. Pure.

// These show nothing but what was written. Everywhere else words stand beside something that must never wait for a
// PIN (reading, listening, the crisis lines): there they are left out until somebody asks for them.
const ASKED = /^\/[^/]+\/(notes\/.*|worksheets\/.+|recordings\/my-letter|settings\/(backup|lock))$/;

/** @param {string} path */
export function isAskedAt(path) {
  return ASKED.test(path);
}
