/**
 * An entry's state and what may happen to it (sync.md, "An entry's state"). Pure: nothing here reads a clock or stores.
 *
 * Each field is a multi-value register under one version vector, `seen`: Shapiro, Preguiça, Baquero and Zawirski,
 * "A comprehensive study of convergent and commutative replicated data types", INRIA RR-7506, 2011.
 */

import { toBase64url } from "./base64.js";

/**
 * One value of a field. Attributes that a newer version of the app added are kept.
 * @typedef {{value: any, actor: string, counter: number}} Version
 */

/**
 * Attributes that this version doesn't know are kept too.
 * @typedef {object} State
 * @property {string} kind "worksheet", "note" or what a newer version calls it
 * @property {string} [worksheet] slug
 * @property {number} [revision] of the worksheet
 * @property {string} [locale] in which it was filled in
 * @property {string} created ISO 8601, UTC
 * @property {Record<string, number>} seen actor to the highest counter seen from it
 * @property {Record<string, Version[]>} fields
 * @property {boolean} deleted
 */

/**
 * A field or an actor may be called "constructor" or "__proto__": only own properties count.
 *
 * @template T
 * @param {Record<string, T>} object
 * @param {string} key
 * @returns {T | undefined}
 */
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/**
 * JSON with sorted keys, so that equal values have equal text.
 *
 * @param {any} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.keys(value).sort();
  return `{${pairs.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

/**
 * @param {{kind: string, worksheet?: string, revision?: number, locale?: string}} about
 * @param {number} now ms
 * @returns {State}
 */
export function newState({ kind, worksheet, revision, locale }, now) {
  const created = new Date(now).toISOString();
  const state = {
    kind,
    worksheet,
    revision,
    locale,
    created,
    seen: {},
    fields: {},
    deleted: false,
  };
  // Leaves out what is undefined, as it will be once it has been stored.
  return JSON.parse(JSON.stringify(state));
}

/**
 * Each named field becomes the new value, beside those stored versions that the writer didn't know of.
 *
 * @param {State} state
 * @param {Record<string, any>} values JSON values by field
 * @param {string} actor
 * @param {number} now ms
 * @param {(name: string, version: Version) => boolean} [known] whether the writer knew of a stored version
 * @returns {State}
 */
export function writeFields(state, values, actor, now, known = () => true) {
  // A restored phone can't use a counter again: the clock has passed it.
  const counter = Math.max((own(state.seen, actor) ?? 0) + 1, now);
  const written = Object.entries(values).map(([name, value]) => {
    const kept = (own(state.fields, name) ?? []).filter((version) => !known(name, version));
    return [name, [...kept, { value, actor, counter }].sort(order)];
  });
  return {
    ...state,
    // Spread and fromEntries keep even a field called "__proto__"; plain assignment would lose it.
    fields: { ...state.fields, ...Object.fromEntries(written) },
    seen: { ...state.seen, [actor]: counter },
  };
}

/**
 * @param {State} state
 * @returns {State} without a word in it; it stays, because it must win over edits made elsewhere meanwhile
 */
export function removeState(state) {
  return { ...state, fields: {}, deleted: true };
}

/**
 * Commutative, associative and idempotent.
 *
 * @param {State} a
 * @param {State} b
 * @returns {State}
 */
export function merge(a, b) {
  const deleted = a.deleted || b.deleted;
  return {
    ...mergeAttributes(a, b),
    seen: mergeSeen(a.seen, b.seen),
    fields: deleted ? {} : mergeFields(a, b),
    deleted,
  };
}

/**
 * Attributes are set once, when the entry is made. Should they differ all the same, both phones must choose alike.
 *
 * @param {State} a
 * @param {State} b
 * @returns {any}
 */
function mergeAttributes({ seen: aSeen, fields: aFields, ...a }, { seen, fields, ...b }) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      greater(own(/** @type {any} */ (a), name), own(/** @type {any} */ (b), name)),
    ]),
  );
}

/**
 * @param {any} a
 * @param {any} b
 */
function greater(a, b) {
  if (typeof a === "number" && typeof b === "number") return Math.max(a, b);
  if (a === undefined) return b;
  if (b === undefined) return a;
  return canonical(a) > canonical(b) ? a : b;
}

/**
 * @param {Record<string, number>} a
 * @param {Record<string, number>} b
 */
function mergeSeen(a, b) {
  const actors = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...actors].map((actor) => [actor, Math.max(own(a, actor) ?? 0, own(b, actor) ?? 0)]),
  );
}

/**
 * @param {State} a
 * @param {State} b
 */
function mergeFields(a, b) {
  const names = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const versions = mergeVersions(
        own(a.fields, name) ?? [],
        a.seen,
        own(b.fields, name) ?? [],
        b.seen,
      );
      return versions.length ? [[name, versions]] : [];
    }),
  );
}

/**
 * @param {Version[]} a
 * @param {Record<string, number>} aSeen
 * @param {Version[]} b
 * @param {Record<string, number>} bSeen
 */
function mergeVersions(a, aSeen, b, bSeen) {
  const kept = [...a.filter(survives(b, bSeen)), ...b.filter(survives(a, aSeen))];
  const different = new Map(kept.map((version) => [canonical(version), version]));
  return [...different.values()].sort(order);
}

/**
 * A version survives if the other side has it too, or has not seen it yet. What it has seen and hasn't any more, it
 * has replaced.
 *
 * @param {Version[]} others
 * @param {Record<string, number>} seen
 * @returns {(version: Version) => boolean}
 */
function survives(others, seen) {
  return ({ actor, counter }) =>
    counter > (own(seen, actor) ?? 0) ||
    others.some((other) => other.actor === actor && other.counter === counter);
}

/**
 * @param {Version} a
 * @param {Version} b
 */
function order(a, b) {
  if (a.actor !== b.actor) return a.actor < b.actor ? -1 : 1;
  return a.counter - b.counter || (canonical(a) < canonical(b) ? -1 : 1);
}

/**
 * What two states must share to be the same: values, `seen` and `deleted`.
 *
 * @param {State} state
 * @returns {string}
 */
export function summary({ seen, fields, deleted }) {
  const held = Object.entries(fields).filter(([, versions]) => versions.length);
  const plain = held.map(([name, versions]) => [
    name,
    versions.map(({ value, actor, counter }) => ({ value, actor, counter })).sort(order),
  ]);
  return canonical({ seen, fields: Object.fromEntries(plain), deleted });
}

/**
 * @param {State} state
 * @returns {Promise<string>} SHA-256 of the state's summary, base64url
 */
export async function digest(state) {
  const bytes = new TextEncoder().encode(summary(state));
  return toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/**
 * Checks what another phone, perhaps with a newer version, has sealed. Says only whether it can be merged: kinds,
 * fields and attributes unknown here are fine.
 *
 * @param {any} json
 * @returns {State} the same object
 * @throws {TypeError} naming the attribute that is wrong
 */
export function checkState(json) {
  check(isObject(json), "state");
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

/**
 * @param {boolean} right
 * @param {string} what
 */
function check(right, what) {
  if (!right) throw new TypeError(`Not a state: ${what}`);
}

/** @param {any} value */
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

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
    version.counter <= (own(seen, version.actor) ?? -1)
  );
}
