/** Remembers, on this phone only, which entries the reader has finished. The app offers the others for carrying on. */
import { recall, remember } from "../platform/storage.js";

const NAME = "finished-entries";
const MOST = 100;
/** Offer an entry only for this long after its last change: a later offer might feel like a reproach. In ms. */
const OFFERED_FOR = 14 * 24 * 60 * 60 * 1000;

/** @import { Summary } from "../data/entry-view.js" */

/** @returns {string[]} ids, oldest first */
export function finished() {
  try {
    const ids = JSON.parse(recall(NAME) ?? "[]");
    return Array.isArray(ids) ? ids : [];
  } catch {
    return [];
  }
}

/** @param {string} id @param {boolean} done */
export function markFinished(id, done) {
  const others = finished().filter((other) => other !== id);
  if (done) others.push(id);
  remember(NAME, JSON.stringify(others.slice(-MOST)));
}

/**
 * Return the entry to offer for carrying on: the most recently changed one that has answers and isn't finished.
 * @param {Summary[]} entries last changed first
 * @param {string} [worksheet] slug; without it, any worksheet
 * @param {number} [now] ms since 1970
 * @returns {Summary | undefined}
 */
export function unfinished(entries, worksheet, now = Date.now()) {
  const done = new Set(finished());
  return entries.find(
    (entry) =>
      entry.kind === "worksheet" &&
      (worksheet === undefined || entry.worksheet === worksheet) &&
      entry.filled > 0 &&
      !done.has(entry.id) &&
      now - entry.changed < OFFERED_FOR,
  );
}
