/**
 * The state of an entry and the operations on it (sync.md, "An entry's state"). All functions are pure: none reads a
 * clock or stores anything.
 *
 * Each field is a multi-value register under one version vector, `seen`: Shapiro, Preguiça, Baquero and Zawirski, "A
 * comprehensive study of convergent and commutative replicated data types", INRIA RR-7506, 2011.
 */

import { toBase64url } from "./base64.js";

/**
 * One value of a field. Attributes that a newer version of the app has added are kept.
 *
 * @typedef {{value: any, actor: string, counter: number}} Version
 */

/**
 * The state of an entry. Attributes that this version of the app doesn't know are kept.
 *
 * @typedef {object} State
 * @property {string} kind "worksheet", "practice", "kind-words", "person" or another; perhaps of a newer version
 * @property {string} [worksheet] slug
 * @property {number} [revision] of the worksheet
 * @property {string} [locale] in which it was filled in
 * @property {string} created ISO 8601, UTC
 * @property {Record<string, number>} seen actor to the highest counter seen from it
 * @property {Record<string, Version[]>} fields
 * @property {boolean} deleted
 */

/** Kinds of entries that sync keeps for itself (bookkeeping.js). */
const BOOKKEEPING = new Set(["removed", "contents", "phones"]);

/** Kinds whose fields are never replaced or deleted. */
const GROWING = new Set(["removed", "contents"]);

/**
 * Return whether sync keeps this entry for itself.
 *
 * @param {{kind: string}} state
 */
export const isBookkeeping = ({ kind }) => BOOKKEEPING.has(kind);

/**
 * Return an own property. A field or an actor may be called "constructor" or "__proto__", so inherited properties must
 * not count.
 *
 * @template T
 * @param {Record<string, T>} object
 * @param {string} key
 * @returns {T | undefined}
 */
export const getOwn = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/**
 * Return the actor that one start of an installation writes as. Each start has its own. If an old copy of a phone comes
 * back, what it writes then doesn't claim to know what the phone wrote after the copy was made.
 *
 * @param {string} installation id of the installation
 * @param {string} start id of the start
 */
export const writerOf = (installation, start) => `${installation}.${start}`;

/**
 * Return whether an installation wrote as this actor.
 *
 * @param {string} actor
 * @param {string} installation
 */
export const isWriterOf = (actor, installation) =>
  actor === installation || actor.startsWith(`${installation}.`);

/**
 * Write a value as JSON with sorted keys, so that equal values give equal text.
 *
 * @param {any} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

/**
 * @param {{kind: string, worksheet?: string, revision?: number, locale?: string}} about
 * @param {number} now ms since 1970
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
  // Leave out undefined attributes, as storing the state would.
  return JSON.parse(JSON.stringify(state));
}

/**
 * Give each named field the new value. Stored versions that the writer didn't know of stay beside it.
 *
 * @param {State} state
 * @param {Record<string, any>} values JSON values by field
 * @param {string} actor
 * @param {number} now ms since 1970
 * @param {(name: string, version: Version) => boolean} [isKnown] whether the writer knew of a stored version
 * @returns {State}
 */
export function writeFields(state, values, actor, now, isKnown = () => true) {
  // A restored phone can't use a counter twice, because the clock has passed the old counters.
  const counter = Math.max((getOwn(state.seen, actor) ?? 0) + 1, now);
  const written = Object.entries(values).map(([name, value]) => {
    const kept = (getOwn(state.fields, name) ?? []).filter((version) => !isKnown(name, version));
    return [name, [...kept, { value, actor, counter }].sort(compareVersions)];
  });
  return {
    ...state,
    // Spread and fromEntries keep even a field called "__proto__"; a plain assignment would lose it.
    fields: { ...state.fields, ...Object.fromEntries(written) },
    seen: { ...state.seen, [actor]: counter },
  };
}

/**
 * Delete the content of an entry. The deleted state stays, because it must win over edits made on other phones
 * meanwhile.
 *
 * @param {State} state
 * @returns {State}
 */
export function removeState(state) {
  return { ...state, fields: {}, deleted: true };
}

/**
 * Merge two states. The operation is commutative, associative and idempotent.
 *
 * @param {State} a
 * @param {State} b
 * @returns {State}
 */
export function merge(a, b) {
  const attributes = mergeAttributes(a, b);
  const seen = mergeSeen(a.seen, b.seen);
  if (GROWING.has(attributes.kind)) {
    return { ...attributes, seen, fields: joinFields(a, b), deleted: false };
  }
  const deleted = a.deleted || b.deleted;
  return { ...attributes, seen, fields: deleted ? {} : mergeFields(a, b), deleted };
}

/**
 * Merge the attributes that are set once, when the entry is created. If they differ all the same, both phones must
 * choose alike.
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
      greater(getOwn(/** @type {any} */ (a), name), getOwn(/** @type {any} */ (b), name)),
    ]),
  );
}

/**
 * Choose one of two values, the same one on every phone.
 *
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
    [...actors].map((actor) => [actor, Math.max(getOwn(a, actor) ?? 0, getOwn(b, actor) ?? 0)]),
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
        getOwn(a.fields, name) ?? [],
        a.seen,
        getOwn(b.fields, name) ?? [],
        b.seen,
      );
      return versions.length ? [[name, versions]] : [];
    }),
  );
}

/**
 * Merge a state from a file into the one on this phone. Anyone may have changed a file, so it takes no words away: what
 * is on this phone is replaced only by words of the file that were written later.
 *
 * @param {State} here
 * @param {State} file not deleted
 * @returns {State}
 */
export function addTo(here, file) {
  const merged = merge(here, file);
  if (merged.deleted) return merged;
  const names = new Set([...Object.keys(here.fields), ...Object.keys(merged.fields)]);
  const fields = [...names].map((name) => {
    const versions = getOwn(merged.fields, name) ?? [];
    const latest = Math.max(0, ...versions.map(({ counter }) => counter));
    const kept = (getOwn(here.fields, name) ?? []).filter(({ counter }) => counter >= latest);
    const unique = new Map([...kept, ...versions].map((version) => [canonical(version), version]));
    return [name, [...unique.values()].sort(compareVersions)];
  });
  return { ...merged, fields: Object.fromEntries(fields) };
}

/**
 * Join the fields of two growing entries. Each field keeps its greatest version.
 *
 * @param {State} a
 * @param {State} b
 */
function joinFields(a, b) {
  const names = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const versions = [...(getOwn(a.fields, name) ?? []), ...(getOwn(b.fields, name) ?? [])];
      const [greatest] = versions.sort(compareGrowing);
      return greatest ? [[name, [greatest]]] : [];
    }),
  );
}

/**
 * Compare two versions of a growing field for sorting, the greatest first.
 *
 * @param {Version} a
 * @param {Version} b
 */
const compareGrowing = (a, b) => sizeOf(b) - sizeOf(a) || compareVersions(b, a);

/** @param {Version} version of a growing field */
const sizeOf = ({ value }) => (typeof value === "number" && Number.isFinite(value) ? value : 0);

/**
 * Merge the versions of one field.
 *
 * @param {Version[]} a
 * @param {Record<string, number>} aSeen
 * @param {Version[]} b
 * @param {Record<string, number>} bSeen
 */
function mergeVersions(a, aSeen, b, bSeen) {
  const kept = [...a.filter(survives(b, bSeen)), ...b.filter(survives(a, aSeen))];
  const unique = new Map(kept.map((version) => [canonical(version), version]));
  return [...unique.values()].sort(compareVersions);
}

/**
 * Return a function that tells whether a version survives the merge. It does if the other side has it too, or hasn't
 * seen it yet. If the other side has seen it and no longer has it, the other side has replaced it.
 *
 * @param {Version[]} others versions of the other side
 * @param {Record<string, number>} seen by the other side
 * @returns {(version: Version) => boolean}
 */
function survives(others, seen) {
  return ({ actor, counter }) =>
    counter > (getOwn(seen, actor) ?? 0) ||
    others.some((other) => other.actor === actor && other.counter === counter);
}

/**
 * Compare two versions for sorting: by actor, then by counter.
 *
 * @param {Version} a
 * @param {Version} b
 */
function compareVersions(a, b) {
  if (a.actor !== b.actor) return a.actor < b.actor ? -1 : 1;
  return a.counter - b.counter || (canonical(a) < canonical(b) ? -1 : 1);
}

/**
 * Return a text that is equal for equal states. It covers values, `seen` and `deleted`.
 *
 * @param {State} state
 * @returns {string}
 */
export function summary({ seen, fields, deleted }) {
  const nonEmpty = Object.entries(fields).filter(([, versions]) => versions.length);
  const plain = nonEmpty.map(([name, versions]) => [
    name,
    versions.map(({ value, actor, counter }) => ({ value, actor, counter })).sort(compareVersions),
  ]);
  return canonical({ seen, fields: Object.fromEntries(plain), deleted });
}

/** What a digest begins with. Earlier versions of the app stored digests without a key, and without this. */
const KEYED = "k.";

/**
 * Return a digest of a state that nobody can compute without the key: what this phone stores of an entry must not
 * confirm a guess of its words.
 *
 * @param {CryptoKey} key HMAC-SHA-256
 * @param {State} state
 * @returns {Promise<string>}
 */
export async function digest(key, state) {
  const bytes = new TextEncoder().encode(summary(state));
  return KEYED + toBase64url(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes)));
}

/**
 * Return the digest that an earlier version of the app stored.
 *
 * @param {State} state
 * @returns {Promise<string>} SHA-256 of the state's summary, in base64url
 */
export async function plainDigest(state) {
  const bytes = new TextEncoder().encode(summary(state));
  return toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/**
 * Return whether a stored digest needs a key.
 *
 * @param {string} digest
 */
export const isKeyed = (digest) => digest.startsWith(KEYED);
