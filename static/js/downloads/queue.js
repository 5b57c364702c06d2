// The queue of downloads: which recordings the user asked to save on this phone. It is remembered, so that the next
// page or tab continues it. Nothing is downloaded that is not in the queue.
import { recall, remember } from "../platform/storage.js";

/** @typedef {import("./selection.js").Choice} Choice */

/**
 * @typedef {object} Queue
 * @property {"none" | "going" | "paused" | "done"} state
 * @property {Choice | null} choice the options of "keep everything"
 * @property {string[]} also addresses requested one by one, the next first: single recordings, newer versions, repairs
 * @property {string[]} without addresses that are part of the choice, but were removed from this phone
 * @property {"" | "paused" | "done"} only save only the addresses in `also`, because "keep everything" was in this state
 *   when they were requested
 * @property {boolean} mobile mobile data may be used
 * @property {string[]} anyway addresses in `also` for which mobile data may be used: the user saw their size
 * @property {string} problem why saving stopped: the code of an error, or ""
 */

/** The name in localStorage. Phones have it, so it stays. */
export const QUEUE = "keeping";

/** The queue without anything in it. @type {Queue} */
export const EMPTY = {
  state: "none",
  choice: null,
  also: [],
  without: [],
  only: "",
  mobile: false,
  anyway: [],
  problem: "",
};
const STATES = ["none", "going", "paused", "done"];

/** The queue while the browser refuses to remember it: it lasts as long as the page. @type {string | null} */
let unsaved = null;

/**
 * Return the remembered queue.
 * @returns {Queue}
 */
export function readQueue() {
  try {
    return checked(JSON.parse(unsaved ?? recall(QUEUE) ?? "null"));
  } catch {
    return EMPTY;
  }
}

/**
 * Change the queue and remember it.
 * @param {Partial<Queue>} changes
 */
export function changeQueue(changes) {
  const next = { ...readQueue(), ...changes };
  const text = JSON.stringify(next);
  remember(QUEUE, text);
  unsaved = recall(QUEUE) === text ? null : text;
  return next;
}

/**
 * Add recordings to the queue. If the choice is paused or done, it stays so.
 * @param {string[]} addresses
 * @param {{mobile?: boolean, anyway?: boolean}} [options] `anyway`: save these next, with mobile data if need be
 */
export function enqueue(addresses, { mobile, anyway = false } = {}) {
  const now = readQueue();
  const { choice, state } = now;
  // What was paused before stays paused.
  const also = state === "paused" && !choice ? [] : now.also;
  return changeQueue({
    also: [...new Set(anyway ? [...addresses, ...also] : [...also, ...addresses])],
    anyway: anyway ? [...new Set([...addresses, ...now.anyway])] : now.anyway,
    without: now.without.filter((address) => !addresses.includes(address)),
    only: now.only || (choice && (state === "paused" || state === "done") ? state : ""),
    mobile: mobile ?? now.mobile,
    state: "going",
    problem: "",
  });
}

/**
 * Take recordings out of the queue because the user removed them from this phone.
 * @param {string[]} addresses
 */
export function exclude(addresses) {
  const { state, choice, without } = readQueue();
  if (state === "none") return;
  dequeue(addresses);
  const { also, only } = changeQueue({
    without: choice ? [...new Set([...without, ...addresses])] : [],
  });
  if (!also.length && (only || !choice)) finishQueue();
}

/** Mark the queue as done. If "keep everything" was paused or done before, it is so again. */
export function finishQueue() {
  const { choice, only } = readQueue();
  const state = choice ? only || "done" : "none";
  changeQueue({ state, also: [], anyway: [], only: "", mobile: false, problem: "" });
}

/**
 * Take recordings out of `also`: they are saved, can't be fetched, or are no longer wanted.
 * @param {string[]} addresses
 */
export function dequeue(addresses) {
  const { also, anyway } = readQueue();
  const isLeft = (/** @type {string} */ address) => !addresses.includes(address);
  changeQueue({ also: also.filter(isLeft), anyway: anyway.filter(isLeft) });
}

/**
 * Return a valid queue. Another version of the app, or a person, may have stored unexpected values.
 * @param {any} read the parsed JSON
 * @returns {Queue}
 */
function checked(read) {
  if (typeof read !== "object" || read === null || !STATES.includes(read.state)) return EMPTY;
  const { choice } = read;
  const isChoice = choice && typeof choice.voice === "string";
  return {
    state: read.state,
    choice: isChoice
      ? {
          voice: choice.voice,
          every: choice.every === true,
          short: choice.short === true,
          others: texts(choice.others),
        }
      : null,
    also: texts(read.also),
    without: texts(read.without),
    // Earlier versions stored true for "paused".
    only:
      read.only === true
        ? "paused"
        : read.only === "paused" || read.only === "done"
          ? read.only
          : "",
    mobile: read.mobile === true,
    anyway: texts(read.anyway),
    // Earlier versions stored the name of the error.
    problem: read.problem === "StorageFullError" ? "storage_full" : textOf(read.problem),
  };
}

/** @param {unknown} list @returns {string[]} */
function texts(list) {
  return Array.isArray(list) ? list.filter(isText) : [];
}

/** @param {unknown} value @returns {value is string} */
function isText(value) {
  return typeof value === "string";
}

/** @param {unknown} value */
function textOf(value) {
  return isText(value) ? value : "";
}
