// Which recordings stand on the help page. The choice is an entry like any other; this copy of it, slugs and nothing
// else, shows it at once without opening the vault, and goes with everything else and when the page is hidden.
import { recall, remember } from "../lib/memory.js";

const NAME = "help-recordings";
export const MOST = 3;

/** @returns {string[]} slugs; [] when nothing was chosen */
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

/** What another phone, perhaps with a newer version, has written. @param {unknown} value @returns {string[]} */
export function slugsOf(value) {
  const texts = Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  return [...new Set(texts)].slice(0, MOST);
}

/**
 * What the page shows: of the chosen ones those that there are, else the ones that come with the page.
 * @param {string[]} chosen
 * @param {string[]} known
 * @param {string[]} usual
 */
export function shownOf(chosen, known, usual) {
  const there = chosen.filter((slug) => known.includes(slug));
  return there.length ? there : usual;
}

/** @param {string[]} slugs @param {string} slug @param {-1 | 1} by up or down */
export function moved(slugs, slug, by) {
  const from = slugs.indexOf(slug);
  const to = from + by;
  if (from < 0 || to < 0 || to >= slugs.length) return slugs;
  const next = slugs.filter((one) => one !== slug);
  next.splice(to, 0, slug);
  return next;
}
