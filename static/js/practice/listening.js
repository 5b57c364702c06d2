// Which practice note belongs to the listening that is going on: how somebody was before, and, after
// the recording, perhaps pages later, how they are now. A hint for this phone alone, without a word of theirs.
import { recall, remember } from "../lib/memory.js";

const NAME = "practice-now";
/** A note that nothing happened to for that long is left as it is, ms. */
const WHILE = 3 * 60 * 60 * 1000;
/** One that has its "after" is shown for that long still, for another word or a second thought, ms. */
const SETTLED = 10 * 60 * 1000;

/**
 * @typedef {object} Listening
 * @property {string} [id] of the note, once there is one
 * @property {string} [version] that was heard
 * @property {number} touched ms since 1970
 * @property {boolean} [ended] the recording was heard to its end
 * @property {boolean} [done] the note says how it was afterwards
 */

/** @returns {Record<string, Listening>} by slug of the recording */
function all() {
  try {
    const found = JSON.parse(recall(NAME) ?? "{}");
    return found !== null && typeof found === "object" ? found : {};
  } catch {
    return {};
  }
}

/** @param {Listening} listening @param {number} now */
function isOver({ touched, done }, now) {
  return !(now - touched < (done ? SETTLED : WHILE));
}

/**
 * @param {string} slug
 * @param {Partial<Listening> | null} changes null forgets it
 * @param {number} now
 */
function change(slug, changes, now) {
  const others = Object.entries(all()).filter(([one, it]) => one !== slug && !isOver(it, now));
  const mine = changes && [[slug, { ...listeningTo(slug, now), ...changes, touched: now }]];
  const left = Object.fromEntries([...others, ...(mine ?? [])]);
  remember(NAME, Object.keys(left).length ? JSON.stringify(left) : null);
}

/**
 * @param {string} slug
 * @param {number} [now] ms since 1970
 * @returns {Listening | undefined} undefined when there is none, or the last one is long past
 */
export function listeningTo(slug, now = Date.now()) {
  const found = all();
  const mine = Object.hasOwn(found, slug) ? found[slug] : undefined;
  return mine && !isOver(mine, now) ? mine : undefined;
}

/** @param {{slug: string, version?: string}} heard @param {number} [now] */
export function started({ slug, version }, now = Date.now()) {
  const current = listeningTo(slug, now);
  // Said how it was and listens once more: that is another time.
  if (current?.done && current.ended) change(slug, null, now);
  else if (current) change(slug, { version, ended: false }, now);
}

/** @param {{slug: string, version?: string}} heard @param {number} [now] */
export function ended({ slug, version }, now = Date.now()) {
  change(slug, { version, ended: true }, now);
}

/** Something was written. @param {string} slug @param {{id: string, done: boolean}} note @param {number} [now] */
export function noted(slug, { id, done }, now = Date.now()) {
  change(slug, { id, done }, now);
}

/** The next word is a note of its own. @param {string} slug @param {number} [now] */
export function forget(slug, now = Date.now()) {
  change(slug, null, now);
}

/** On every page: a recording goes on while the reader walks about, and ends where they happen to be. */
export function followListening() {
  document.addEventListener("recording-started", (event) => started(detailOf(event)));
  document.addEventListener("recording-ended", (event) => ended(detailOf(event)));
}

/** Whether another tab has just changed this. @param {StorageEvent} event */
export const isAbout = ({ key }) => key === NAME;

/** @param {Event} event of the player @returns {{slug: string, version?: string}} */
export const detailOf = (event) => /** @type {CustomEvent} */ (event).detail;
