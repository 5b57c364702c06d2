// The plan says which recordings the user asked to save on this phone. It is remembered, so that the next
// page or tab continues it. The session never fetches a recording that is not in the plan.
import { recall, remember } from "../platform/storage.js";

/** @typedef {import("./selection.js").Choice} Choice */

/**
 * @typedef {object} Plan
 * @property {"none" | "going" | "paused" | "done"} state
 * @property {Choice | null} choice the options of "keep everything"
 * @property {string[]} also addresses requested one by one: newer versions, repairs, saves that were begun
 * @property {string[]} without addresses that are part of the choice, but were removed from this phone
 * @property {boolean} only save only the addresses in `also`, because "keep everything" is paused
 * @property {boolean} mobile mobile data may be used
 * @property {string} problem why saving stopped: the name of an error, or ""
 */

export const PLAN = "keeping";

/** @type {Plan} */
const NONE = {
  state: "none",
  choice: null,
  also: [],
  without: [],
  only: false,
  mobile: false,
  problem: "",
};
const STATES = ["none", "going", "paused", "done"];

/**
 * Return the remembered plan.
 * @returns {Plan}
 */
export function planned() {
  try {
    return checked(JSON.parse(recall(PLAN) ?? "null"));
  } catch {
    return NONE;
  }
}

/**
 * Change the plan and remember it.
 * @param {Partial<Plan>} changes
 */
export function plan(changes) {
  const next = { ...planned(), ...changes };
  remember(PLAN, JSON.stringify(next));
  return next;
}

/**
 * Add recordings to the plan, besides those of the choice. If the choice is paused, it stays paused.
 * @param {string[]} addresses
 * @param {Partial<Plan>} [changes]
 */
export function planAlso(addresses, changes = {}) {
  const now = planned();
  const also = [...new Set([...now.also, ...addresses])];
  const only = now.only || (now.state === "paused" && now.choice !== null);
  return plan({ ...changes, also, only, state: "going", problem: "" });
}

/**
 * Take recordings out of the plan because the user removed them from this phone.
 * @param {string[]} addresses
 */
export function planWithout(addresses) {
  const { state, choice, also, without } = planned();
  if (state === "none") return;
  plan({
    also: also.filter((address) => !addresses.includes(address)),
    without: choice ? [...new Set([...without, ...addresses])] : [],
  });
}

/** Mark the plan as carried out. If "keep everything" was paused, it is paused again. */
export function planDone() {
  const { choice, only } = planned();
  const state = choice ? (only ? "paused" : "done") : "none";
  plan({ state, also: [], only: false, mobile: false, problem: "" });
}

/**
 * Take a recording out of `also` because it is saved now or can't be fetched.
 * @param {string} address
 */
export function planLess(address) {
  const { also } = planned();
  if (also.includes(address)) plan({ also: also.filter((other) => other !== address) });
}

/**
 * Return a valid plan. Another version of the app, or a person, may have stored unexpected values.
 * @param {any} read the parsed JSON
 * @returns {Plan}
 */
function checked(read) {
  if (typeof read !== "object" || read === null || !STATES.includes(read.state)) return NONE;
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
    only: read.only === true,
    mobile: read.mobile === true,
    problem: isText(read.problem) ? read.problem : "",
  };
}

/** @param {unknown} list @returns {string[]} */
function texts(list) {
  return Array.isArray(list) ? list.filter(isText) : [];
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === "string";
}
