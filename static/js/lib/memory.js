// Small things that this browser remembers: choices and hints, never words. A browser that refuses
// storage forgets them, and nothing else breaks.

/** @param {string} name @returns {string | null} */
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string | null} value null forgets */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Refused or full.
  }
}

const HINT = "has-entries";

/** Whether something was ever written here, as far as can be told without opening it. */
export function hasEntries() {
  return recall(HINT) !== null;
}

/** Something is written: from now on pages look for it. */
export function rememberEntries() {
  remember(HINT, "1");
}

const NEWEST = "newest-entries";
/** As many as a screen shows at once. */
const MOST_NEWEST = 12;

/**
 * Which entries were changed last, by their random ids alone: the notes page opens these before all the others.
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
