// Which practice note belongs to the present listening session of a recording. The reader may note how they are before
// the recording, and again after it, perhaps several pages later. Only this phone remembers the sessions, and they
// contain nothing that the reader wrote.
import { recall, remember } from "../../platform/storage.js";

const NAME = "practice-now";
/** A session ends when nothing has happened in it for this long, in ms. */
const ENDS_AFTER = 3 * 60 * 60 * 1000;
/** A session whose note has its "after" ends after this shorter time, in ms. Until then, the note can be changed. */
const DONE_ENDS_AFTER = 10 * 60 * 1000;

/**
 * A listening session.
 * @typedef {object} Listening
 * @property {string} [id] of the note, once there is one
 * @property {string} [version] of the recording that was heard
 * @property {number} touched time of the last change, in ms since 1970
 * @property {boolean} [ended] whether the recording was heard to its end
 * @property {boolean} [done] whether the note says how the reader was afterwards
 */

/** Read all sessions. @returns {Record<string, Listening>} by slug of the recording */
function readSessions() {
  try {
    const stored = JSON.parse(recall(NAME) ?? "{}");
    return stored !== null && typeof stored === "object" ? stored : {};
  } catch {
    return {};
  }
}

/** @param {Listening} listening @param {number} now */
function isOver({ touched, done }, now) {
  return !(now - touched < (done ? DONE_ENDS_AFTER : ENDS_AFTER));
}

/**
 * Change a recording's session, and forget all sessions that are over.
 * @param {string} slug
 * @param {Partial<Listening> | null} changes null forgets the session
 * @param {number} now
 */
function change(slug, changes, now) {
  const others = Object.entries(readSessions()).filter(
    ([other, session]) => other !== slug && !isOver(session, now),
  );
  const changed = changes && [[slug, { ...listeningTo(slug, now), ...changes, touched: now }]];
  const sessions = Object.fromEntries([...others, ...(changed ?? [])]);
  remember(NAME, Object.keys(sessions).length ? JSON.stringify(sessions) : null);
}

/**
 * Return a recording's present session.
 * @param {string} slug
 * @param {number} [now] ms since 1970
 * @returns {Listening | undefined} undefined if there is none or it is over
 */
export function listeningTo(slug, now = Date.now()) {
  const sessions = readSessions();
  const session = Object.hasOwn(sessions, slug) ? sessions[slug] : undefined;
  return session && !isOver(session, now) ? session : undefined;
}

/** Remember that a recording started. @param {{slug: string, version?: string}} heard @param {number} [now] */
export function started({ slug, version }, now = Date.now()) {
  const current = listeningTo(slug, now);
  // The note is complete and the recording starts again: that is a new session.
  if (current?.done && current.ended) change(slug, null, now);
  else if (current) change(slug, { version, ended: false }, now);
}

/** Remember that a recording ended. @param {{slug: string, version?: string}} heard @param {number} [now] */
export function ended({ slug, version }, now = Date.now()) {
  change(slug, { version, ended: true }, now);
}

/**
 * Remember the note that the reader has changed.
 * @param {string} slug
 * @param {{id: string, done: boolean}} note
 * @param {number} [now]
 */
export function noted(slug, { id, done }, now = Date.now()) {
  change(slug, { id, done }, now);
}

/** Forget the session: the next answer begins a new note. @param {string} slug @param {number} [now] */
export function forget(slug, now = Date.now()) {
  change(slug, null, now);
}

/** Follow the player. Call this on every page: a recording plays on while the reader visits other pages. */
export function followListening() {
  document.addEventListener("recording-started", (event) => started(detailOf(event)));
  document.addEventListener("recording-ended", (event) => ended(detailOf(event)));
}

/** Return whether another tab has just changed the sessions. @param {StorageEvent} event */
export const isAbout = ({ key }) => key === NAME;

/**
 * Return what an event is about.
 * @param {Event} event of the player
 * @returns {{slug: string, version?: string, seconds: number}}
 */
export const detailOf = (event) => /** @type {CustomEvent} */ (event).detail;
