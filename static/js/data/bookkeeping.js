/**
 * Entries that sync keeps for itself, sealed like all others (sync.md, "Removed for good", "What can't be opened",
 * "Joining words from elsewhere"). Readers never see them. A field is called:
 * - in `removed`: a deleted entry's id; its value is 1. The entry is deleted wherever it turns up.
 * - in `contents`: an entry's id; its value is the highest counter of the state that is backed up
 * - in `phones`: an actor; its value is a Phone
 *
 * `removed` and `contents` only grow. Long ones are kept in several entries, so that a change stays small.
 */

import { isBookkeeping, newState, writeFields } from "./entry.js";

/** @import { State } from "./entry.js" */

/**
 * An installation that uses the backup.
 *
 * @typedef {object} Phone
 * @property {string} browser such as "Firefox"
 * @property {string} system such as "Android"
 * @property {string[]} days on which it synced, as YYYY-MM-DD in its own time, in ascending order
 */

/** @typedef {ReadonlyMap<string, State>} States by entry id */

/** @typedef {"removed" | "contents" | "phones"} Kind */

/**
 * What to write into which entry: entry id to values by field. The entry may not exist yet.
 *
 * @typedef {Map<string, Record<string, any>>} Plan
 */

/** Fields of an entry, at most. Such a record has less than 10 KiB, so that a narrow line takes it. */
const MOST_FIELDS = { removed: 100, contents: 60 };

/** Days that are kept of a phone. */
const MOST_DAYS = 30;

/**
 * Return the ids of the entries that were deleted for good.
 *
 * @param {States} states
 * @returns {Set<string>}
 */
export const removedIds = (states) =>
  new Set(ofKind(states, "removed").flatMap(([, { fields }]) => Object.keys(fields)));

/**
 * Plan how to list deleted entries as removed.
 *
 * @param {States} states
 * @param {string[]} ids of the entries, not yet listed
 * @param {() => string} newId
 * @returns {Plan}
 */
export function planRemoved(states, ids, newId) {
  const rooms = new Rooms(states, "removed", newId);
  for (const id of ids) rooms.put(rooms.roomy(), id, 1);
  return rooms.plan;
}

/**
 * Plan how to list entries that are backed up.
 *
 * @param {States} states
 * @param {Map<string, number>} counters by entry id
 * @param {() => string} newId
 * @returns {Plan} empty if all are listed already
 */
export function planContents(states, counters, newId) {
  const listed = listedIn(states);
  const rooms = new Rooms(states, "contents", newId);
  for (const [id, counter] of counters) {
    const known = listed.get(id);
    if (!known || known.counter < counter) rooms.put(known?.room ?? rooms.roomy(), id, counter);
  }
  return rooms.plan;
}

/**
 * Return the entries that the backup has held in a newer state than this phone has, or that this phone hasn't.
 *
 * @param {States} states
 * @returns {string[]} entry ids
 */
export function missingIds(states) {
  const removed = removedIds(states);
  const isMissing = (/** @type {string} */ id, /** @type {number} */ counter) => {
    const state = states.get(id);
    return !removed.has(id) && (!state || (!state.deleted && counterOf(state) < counter));
  };
  return [...listedIn(states)]
    .filter(([id, { counter }]) => isMissing(id, counter))
    .map(([id]) => id);
}

/**
 * Return the ids of the entries that `contents` lists.
 *
 * @param {States} states
 * @returns {Set<string>}
 */
export const listedIds = (states) => new Set(listedIn(states).keys());

/**
 * Return the highest counter of a state.
 *
 * @param {State} state
 */
export const counterOf = ({ seen }) => Math.max(0, ...Object.values(seen));

/**
 * Return the phones that use the backup.
 *
 * @param {States} states
 * @returns {Map<string, Phone>} by actor
 */
export function phonesOf(states) {
  /** @type {Map<string, Phone>} */
  const phones = new Map();
  for (const [, { fields }] of ofKind(states, "phones")) {
    for (const [actor, [version]] of Object.entries(fields)) {
      const known = phones.get(actor);
      const phone = checkedPhone(version?.value);
      if (phone && (!known || lastDay(known) < lastDay(phone))) phones.set(actor, phone);
    }
  }
  return phones;
}

/**
 * Plan how to note that this phone syncs today.
 *
 * @param {States} states
 * @param {string} actor of this phone
 * @param {Omit<Phone, "days"> & {day: string}} today
 * @param {() => string} newId
 * @returns {Plan} empty if it is noted already
 */
export function planPhone(states, actor, { browser, system, day }, newId) {
  const known = phonesOf(states).get(actor);
  if (known?.days.includes(day) && known.browser === browser && known.system === system) {
    return new Map();
  }
  // A clock that was once ahead may have noted later days.
  const before = (known?.days ?? []).filter((noted) => noted < day);
  const days = [...before, day].slice(-MOST_DAYS);
  const [first] = ofKind(states, "phones");
  return new Map([[first?.[0] ?? newId(), { [actor]: { browser, system, days } }]]);
}

/**
 * Return the state of an entry with planned values.
 *
 * @param {Kind} kind
 * @param {State | undefined} before
 * @param {Record<string, any>} values
 * @param {string} actor
 * @param {number} now ms since 1970
 */
export const withPlanned = (kind, before, values, actor, now) =>
  writeFields(before ?? newState({ kind }, now), values, actor, now);

/**
 * Return the entries of one kind, always in the same order.
 *
 * @param {States} states
 * @param {Kind} kind
 * @returns {[string, State][]}
 */
export const ofKind = (states, kind) =>
  [...states]
    .filter(([, state]) => state.kind === kind && isBookkeeping(state) && !state.deleted)
    .sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Return what `contents` lists: for each entry the highest counter, and the entry that has it.
 *
 * @param {States} states
 */
function listedIn(states) {
  /** @type {Map<string, {counter: number, room: string}>} */
  const listed = new Map();
  for (const [room, { fields }] of ofKind(states, "contents")) {
    for (const [id, [version]] of Object.entries(fields)) {
      const counter = version?.value;
      if (!Number.isSafeInteger(counter)) continue;
      if ((listed.get(id)?.counter ?? -1) < counter) listed.set(id, { counter, room });
    }
  }
  return listed;
}

/** Puts values into entries that have room for more fields. */
class Rooms {
  #kind;
  #newId;
  /** @type {Map<string, number>} number of fields by entry id */
  #fields;
  /** @type {Plan} */
  plan = new Map();

  /**
   * @param {States} states
   * @param {"removed" | "contents"} kind
   * @param {() => string} newId
   */
  constructor(states, kind, newId) {
    this.#kind = kind;
    this.#newId = newId;
    const sizes = ofKind(states, kind).map(
      ([id, { fields }]) => /** @type {const} */ ([id, Object.keys(fields).length]),
    );
    this.#fields = new Map(sizes);
  }

  /** Return the id of an entry that has room, or of a new one. */
  roomy() {
    const most = MOST_FIELDS[this.#kind];
    const room = [...this.#fields].find(([, fields]) => fields < most)?.[0] ?? this.#newId();
    this.#fields.set(room, (this.#fields.get(room) ?? 0) + 1);
    return room;
  }

  /** @param {string} room @param {string} field @param {any} value */
  put(room, field, value) {
    this.plan.set(room, { ...this.plan.get(room), [field]: value });
  }
}

/** @param {Phone} phone */
const lastDay = ({ days }) => days.at(-1) ?? "";

/**
 * Check a phone that another version of the app may have written.
 *
 * @param {any} value
 * @returns {Phone | undefined}
 */
function checkedPhone(value) {
  const { browser, system, days } = value ?? {};
  const isValid = typeof browser === "string" && typeof system === "string" && Array.isArray(days);
  if (!isValid) return undefined;
  const isDay = (/** @type {any} */ day) =>
    typeof day === "string" && /^\d{4}-\d\d-\d\d$/u.test(day);
  return { browser, system, days: days.filter(isDay).sort() };
}
