/**
 * Convert states to what the interface shows: without actors, counters and other details of merging. All functions are
 * pure.
 */

import { canonical, isBookkeeping, isWriterOf } from "./entry.js";
import { DIARY, PRACTICE, practiceOf } from "./practice.js";

/** @import { State, Version } from "./entry.js" */
/** @import { Practice } from "./practice.js" */

/** How far the clocks of two phones may differ without one of them being wrong, in ms. */
export const SKEW = 24 * 60 * 60 * 1000;

/**
 * An entry in the list.
 *
 * @typedef {object} Summary
 * @property {string} id
 * @property {string} kind
 * @property {string} [worksheet] slug
 * @property {number} [revision] of the worksheet
 * @property {string} [locale] in which it was filled in
 * @property {string} created ISO 8601, UTC
 * @property {number} changed ms since 1970
 * @property {number} filled number of fields that aren't empty
 * @property {number} conflicts number of fields with several versions
 * @property {Record<string, string>} texts first lines of the answers that are texts, by field; that of a repeated group
 *   is under `<field>.<inner field>`
 * @property {Practice} [practice] content of a practice note
 * @property {Practice} [diary] content of a page of the practice diary
 */

/**
 * An entry as `exportAll()` in entries.js returns it.
 *
 * @typedef {object} ExportedEntry
 * @property {string} id
 * @property {string} kind
 * @property {string} [worksheet] slug
 * @property {number} [revision] of the worksheet
 * @property {string} created ISO 8601, UTC
 * @property {Record<string, number>} seen
 * @property {Record<string, {value: any, counter: number}[]>} fields
 */

/**
 * One version of a field. Values are copies, so callers may change them.
 *
 * @typedef {object} FieldVersion
 * @property {any} value
 * @property {number} changed ms since 1970; to compare, not to show, since a wrong clock may have given it
 * @property {boolean} here whether it was written on this phone
 */

/**
 * An opened entry.
 *
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} kind
 * @property {string} [worksheet] slug
 * @property {number} [revision] of the worksheet
 * @property {string} [locale] in which it was filled in
 * @property {string} created ISO 8601, UTC
 * @property {number} changed ms since 1970
 * @property {Record<string, FieldVersion[]>} fields newest version first; if there are several, the reader must choose
 *   one
 * @property {string[]} conflicts names of the fields with several versions
 */

/**
 * @param {string} id
 * @param {State} state
 * @param {number} now ms since 1970
 * @returns {Summary}
 */
export function summarise(id, state, now) {
  const fieldEntries = Object.entries(state.fields).map(
    ([name, versions]) => /** @type {const} */ ([name, distinct(versions)]),
  );
  const fields = fieldEntries.map(([, versions]) => versions);
  return {
    ...about(id, state, now),
    filled: fields.filter((versions) => versions.some(({ value }) => !isEmpty(value))).length,
    conflicts: fields.filter((versions) => versions.length > 1).length,
    texts: Object.fromEntries(
      fieldEntries.flatMap(([name, [newest]]) => firstLines(name, newest?.value)),
    ),
    ...(state.kind === PRACTICE && { practice: practiceOf(Object.fromEntries(fieldEntries)) }),
    ...(state.worksheet === DIARY && { diary: practiceOf(Object.fromEntries(fieldEntries)) }),
  };
}

/** A list shows no more of a line than this. */
const LINE = 160;

/**
 * @param {string} name of a field
 * @param {any} value
 * @returns {[string, string][]} pairs of a name and a line; none if there are no words
 */
function firstLines(name, value) {
  if (typeof value === "string") {
    const line = value.trim().split("\n", 1)[0].slice(0, LINE);
    return line ? [[name, line]] : [];
  }
  if (!Array.isArray(value)) return [];
  // The first item comes last, so that its words replace those of the others.
  return value
    .toReversed()
    .flatMap((item) =>
      item !== null && typeof item === "object"
        ? Object.entries(item).flatMap(([inner, words]) =>
            typeof words === "string" ? firstLines(`${name}.${inner}`, words) : [],
          )
        : [],
    );
}

/**
 * @param {string} id
 * @param {State} state
 * @param {number} now ms since 1970
 * @param {string} [installation] this one's id
 * @returns {Entry}
 */
export function viewEntry(id, state, now, installation) {
  const fields = Object.entries(state.fields).map(
    ([name, versions]) => /** @type {const} */ ([name, distinct(versions)]),
  );
  const views = fields.map(([name, versions]) => [
    name,
    versions.map((version) => viewVersion(version, installation)),
  ]);
  return {
    ...about(id, state, now),
    fields: Object.fromEntries(views),
    conflicts: fields.filter(([, versions]) => versions.length > 1).map(([name]) => name),
  };
}

/**
 * Return the attributes that Summary and Entry share.
 *
 * @param {string} id
 * @param {State} state
 * @param {number} now ms since 1970
 */
function about(id, state, now) {
  const { kind, worksheet, revision, locale } = state;
  const { begun, changed } = timesOf(state, now);
  const created = begun < Date.parse(state.created) ? new Date(begun).toISOString() : state.created;
  return { id, kind, worksheet, revision, locale, created, changed };
}

/**
 * Return when an entry was begun and last changed. Neither is in the future.
 *
 * A counter is the time of a write, unless a clock was wrong. A clock that was once ahead leaves a counter in the
 * future, and later writes count on from it. Such a counter tells nothing about the time, so the others decide.
 *
 * @param {Pick<State, "created" | "seen">} state
 * @param {number} now ms since 1970
 * @returns {{begun: number, changed: number}} ms since 1970; `now` if all times are in the future
 */
export function timesOf({ created, seen }, now) {
  const begun = Date.parse(created) || 0;
  const possible = [begun, ...Object.values(seen)].filter((time) => time <= now + SKEW);
  const changed = possible.length ? Math.min(now, Math.max(...possible)) : now;
  return { begun: Math.min(begun, changed), changed };
}

/**
 * @param {Version} version
 * @param {string} [installation]
 * @returns {FieldVersion}
 */
const viewVersion = ({ value, actor, counter }, installation) => ({
  value: structuredClone(value),
  changed: counter,
  here: installation !== undefined && isWriterOf(actor, installation),
});

/**
 * Leave out versions with equal values. If two phones wrote the same value, there is nothing to choose.
 *
 * @param {Version[]} versions
 * @returns {Version[]} newest first
 */
function distinct(versions) {
  const newest = [...versions].sort((a, b) => b.counter - a.counter);
  return newest.filter(
    ({ value }, index) => newest.findIndex((other) => same(other.value, value)) === index,
  );
}

/**
 * Return whether two JSON values are equal.
 *
 * @param {any} a
 * @param {any} b
 */
export const same = (a, b) => a === b || canonical(a) === canonical(b);

/** @param {any} value */
const isEmpty = (value) => value === null || value === "" || value?.length === 0;

/**
 * Return whether writing a value changes anything: it replaces another value, or it adds a value that no version has
 * and that isn't empty.
 *
 * @param {Version[]} versions stored
 * @param {any} value
 * @param {(version: Version) => boolean} isKnown whether the writer knew of a stored version
 */
export function isNews(versions, value, isKnown) {
  const replaces = versions.some((version) => isKnown(version) && !same(version.value, value));
  return replaces || !(isEmpty(value) || versions.some((version) => same(version.value, value)));
}

/**
 * Return a function that tells whether an entry is one to show: not deleted, not hidden, and not sync's own.
 *
 * @param {ReadonlyMap<string, unknown>} hidden by id
 * @returns {(entry: [string, State]) => boolean}
 */
export const isShown =
  (hidden) =>
  ([id, state]) =>
    !state.deleted && !hidden.has(id) && !isBookkeeping(state);

/**
 * Summarise all entries that are neither deleted nor hidden, last changed first.
 *
 * @param {Map<string, State>} states
 * @param {ReadonlyMap<string, unknown>} hidden by id
 * @param {number} now ms since 1970
 */
export const summaries = (states, hidden, now) =>
  [...states]
    .filter(isShown(hidden))
    .map(([id, state]) => summarise(id, state, now))
    .sort((a, b) => b.changed - a.changed || (a.id < b.id ? -1 : 1));
