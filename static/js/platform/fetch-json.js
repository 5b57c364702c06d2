// Fetches a JSON document that belongs to the pages. It comes from the snapshot on this phone, if there is one.

/** Give up after this long, rather than wait for a line that hangs. In ms. */
const LONGEST = 30_000;

/**
 * @param {string} path
 * @returns {Promise<any>}
 * @throws {TypeError} it can't be had: there is no connection, or something else has answered
 */
export async function fetchJson(path) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), LONGEST);
  try {
    const response = await fetch(path, { signal: controller.signal });
    if (!response.ok) throw new Error(`${response.status}`);
    return await response.json();
  } catch (cause) {
    throw new TypeError(`${path} can't be loaded`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
