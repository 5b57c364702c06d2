/** Check a state that comes from elsewhere: from another phone or from a file. */

import { getOwn } from "./entry.js";

/** @import { State } from "./entry.js" */

/**
 * Check a state that another phone has sealed, perhaps with a newer version of the app. The check only tells whether
 * the state can be merged: unknown kinds, fields and attributes are allowed.
 *
 * @param {any} json
 * @returns {State} the same object
 * @throws {TypeError} names the attribute that is wrong
 */
export function checkState(json) {
  check(isObject(json) && !isTooDeep(json), "state");
  check(typeof json.kind === "string", "kind");
  check(typeof json.created === "string", "created");
  check(typeof json.deleted === "boolean", "deleted");
  check(isObject(json.seen) && Object.values(json.seen).every(isCounter), "seen");
  check(isObject(json.fields), "fields");
  for (const [name, versions] of Object.entries(json.fields)) {
    check(Array.isArray(versions) && versions.every((version) => isVersion(version, json)), name);
  }
  return json;
}

/** How deep a state may be nested. The app's own have a depth of 7. */
const DEEPEST = 50;

/**
 * Return whether a value is nested too deep for the functions that visit it by recursion.
 *
 * @param {any} value
 */
export function isTooDeep(value) {
  let level = [value];
  for (let depth = 0; level.length; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((inner) => Object.values(inner ?? {})).filter(isContainer);
  }
  return false;
}

/** @param {any} value */
const isContainer = (value) => typeof value === "object" && value !== null;

/**
 * @param {boolean} isValid
 * @param {string} part
 */
function check(isValid, part) {
  if (!isValid) throw new TypeError(`Not a state: ${part}`);
}

/** @param {any} value */
export const isObject = (value) => isContainer(value) && !Array.isArray(value);

/** @param {any} value */
const isCounter = (value) => Number.isSafeInteger(value) && value >= 0;

/**
 * @param {any} version
 * @param {State} state
 */
function isVersion(version, { seen }) {
  return (
    isObject(version) &&
    Object.hasOwn(version, "value") &&
    typeof version.actor === "string" &&
    isCounter(version.counter) &&
    version.counter <= (getOwn(seen, version.actor) ?? -1)
  );
}
