/** Which entries somebody said "Done" to. A hint for this phone alone: what to offer for carrying on. */
import { recall, remember } from "../lib/memory.js";

const NAME = "finished-entries";
const MOST = 100;
/** After that long, carrying on is no longer offered: it might feel like a reproach. */
const WHILE = 14 * 24 * 60 * 60 * 1000;

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
  const others = finished().filter((one) => one !== id);
  if (done) others.push(id);
  remember(NAME, JSON.stringify(others.slice(-MOST)));
}

/**
 * The worksheet to carry on with.
 * @param {Summary[]} entries last changed first
 * @param {string} [worksheet] slug; any when left out
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
      now - entry.changed < WHILE,
  );
}
