// Which recordings the help page shows. The choice itself is an entry in the vault. This module keeps a copy in
// localStorage, slugs only, so that the page can show the choice at once without opening the vault. The copy is deleted
// with everything else, and when the reader hides the page.
import { recall, remember } from "../../platform/storage.js";

const NAME = "help-recordings";
export const MOST = 3;

/** Read the copy of the choice. @returns {string[]} slugs; [] if nothing was chosen */
export function recallChosen() {
  try {
    return slugsOf(JSON.parse(recall(NAME) ?? "[]"));
  } catch {
    return [];
  }
}

/** @param {string[]} slugs */
export function rememberChosen(slugs) {
  remember(NAME, slugs.length ? JSON.stringify(slugs) : null);
}

/**
 * Return the slugs in a stored value. Another phone may have written it, perhaps with a newer version of the app.
 * @param {unknown} value
 * @returns {string[]}
 */
export function slugsOf(value) {
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  return [...new Set(texts)].slice(0, MOST);
}

/**
 * Return the slugs that the page shows: the chosen recordings that exist, or if there are none, the usual ones.
 * @param {string[]} chosen
 * @param {string[]} known all recordings
 * @param {string[]} usual the recordings that come with the page
 */
export function shownOf(chosen, known, usual) {
  const existing = chosen.filter((slug) => known.includes(slug));
  return existing.length ? existing : usual;
}

/** Return the slugs with one moved. @param {string[]} slugs @param {string} slug @param {-1 | 1} by up or down */
export function moved(slugs, slug, by) {
  const from = slugs.indexOf(slug);
  const to = from + by;
  if (from < 0 || to < 0 || to >= slugs.length) return slugs;
  const next = slugs.filter((other) => other !== slug);
  next.splice(to, 0, slug);
  return next;
}
