/** States as the interface sees them: without actors, counters and whatever else only merging needs. Pure. */

import { canonical } from "./entry.js";
import { DIARY, PRACTICE, practiceOf } from "./practice.js";

/** @import { State, Version } from "./entry.js" */
/** @import { Practice } from "./practice.js" */

/**
 * An entry in the list.
 * @typedef {object} Summary
 * @property {string} id
 * @property {string} kind
 * @property {string} [worksheet] slug
 * @property {number} [revision] of the worksheet
 * @property {string} [locale] in which it was filled in
 * @property {string} created ISO 8601, UTC
 * @property {number} changed ms since 1970
 * @property {number} filled fields that hold something
 * @property {number} conflicts fields that hold several versions
 * @property {Practice} [practice] what a practice note says
 * @property {Practice} [diary] what a page of the practice diary says
 */

/**
 * One version of a field. Values are copies and may be changed freely.
 * @typedef {object} FieldVersion
 * @property {any} value
 * @property {number} changed ms since 1970
 * @property {boolean} here whether it was written on this phone
 */

/**
 * An entry that is open.
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} kind
 * @property {string} [worksheet] slug
 * @property {number} [revision] of the worksheet
 * @property {string} [locale] in which it was filled in
 * @property {string} created ISO 8601, UTC
 * @property {number} changed ms since 1970
 * @property {Record<string, FieldVersion[]>} fields newest version first; of several, the reader must choose
 * @property {string[]} conflicts names of the fields that hold several versions
 */

/**
 * @param {string} id
 * @param {State} state
 * @returns {Summary}
 */
export function summarise(id, state) {
  const named = Object.entries(state.fields).map(
    ([name, versions]) => /** @type {const} */ ([name, distinct(versions)]),
  );
  const fields = named.map(([, versions]) => versions);
  return {
    ...about(id, state),
    filled: fields.filter((versions) => versions.some(({ value }) => !isEmpty(value))).length,
    conflicts: fields.filter((versions) => versions.length > 1).length,
    ...(state.kind === PRACTICE && { practice: practiceOf(Object.fromEntries(named)) }),
    ...(state.worksheet === DIARY && { diary: practiceOf(Object.fromEntries(named)) }),
  };
}

/**
 * @param {string} id
 * @param {State} state
 * @param {string} [actor] this installation's
 * @returns {Entry}
 */
export function viewEntry(id, state, actor) {
  const fields = Object.entries(state.fields).map(
    ([name, versions]) => /** @type {const} */ ([name, distinct(versions)]),
  );
  const views = fields.map(([name, versions]) => [name, versions.map((one) => view(one, actor))]);
  return {
    ...about(id, state),
    fields: Object.fromEntries(views),
    conflicts: fields.filter(([, versions]) => versions.length > 1).map(([name]) => name),
  };
}

/**
 * @param {string} id
 * @param {State} state
 */
function about(id, { kind, worksheet, revision, locale, created, seen }) {
  // Counters are times, unless a clock went back.
  const changed = Math.max(Date.parse(created) || 0, ...Object.values(seen));
  return { id, kind, worksheet, revision, locale, created, changed };
}

/**
 * @param {Version} version
 * @param {string} [actor]
 * @returns {FieldVersion}
 */
const view = ({ value, actor: writer, counter }, actor) => ({
  value: structuredClone(value),
  changed: counter,
  here: writer === actor,
});

/**
 * Two phones on which the same was written give nothing to choose from.
 *
 * @param {Version[]} versions
 * @returns {Version[]} with different values, newest first
 */
function distinct(versions) {
  const newest = [...versions].sort((a, b) => b.counter - a.counter);
  return newest.filter(({ value }, at) => newest.findIndex((one) => same(one.value, value)) === at);
}

/**
 * @param {any} a
 * @param {any} b
 */
export const same = (a, b) => a === b || canonical(a) === canonical(b);

/** @param {any} value */
const isEmpty = (value) => value === null || value === "" || value?.length === 0;

/**
 * Whether writing a value makes a difference: it replaces something else, or it is something where nothing was.
 *
 * @param {Version[]} versions stored
 * @param {any} value
 * @param {(version: Version) => boolean} known whether the writer knew of a stored version
 */
export function isNews(versions, value, known) {
  const replaces = versions.some((version) => known(version) && !same(version.value, value));
  return replaces || !(isEmpty(value) || versions.some((version) => same(version.value, value)));
}
