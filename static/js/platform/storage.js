// Remembers choices and hints in localStorage, never anything that the reader wrote. If the browser refuses storage,
// nothing is remembered, and nothing else breaks.

/** @param {string} name @returns {string | null} */
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string | null} value null removes it */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Storage is refused or full.
  }
}

const HINT = "has-entries";

/** Return whether the reader has ever written something here. This is a hint: it doesn't open the database. */
export function hasEntries() {
  return recall(HINT) !== null;
}

/** Remember that there are entries, so that pages look for them from now on. */
export function rememberEntries() {
  remember(HINT, "1");
}

const NEWEST = "newest-entries";
/** The number of entries that a screen shows at once. */
const MOST_NEWEST = 12;

/**
 * Return the entries that were changed last. The notes page opens these before all the others. Only their random ids
 * are remembered.
 * @returns {string[]} newest first
 */
export function recallNewest() {
  try {
    const ids = JSON.parse(recall(NEWEST) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/** @param {string[]} ids newest first */
export function rememberNewest(ids) {
  const newest = [...new Set(ids)].slice(0, MOST_NEWEST);
  remember(NEWEST, newest.length ? JSON.stringify(newest) : null);
}
