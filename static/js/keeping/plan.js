// What the client asked to have on this phone. Remembered, so that it goes on in the next page and
// the next tab; nothing is ever fetched that isn't in it.
import { recall, remember } from "../lib/memory.js";

/** @typedef {import("./choice.js").Choice} Choice */

/**
 * @typedef {object} Plan
 * @property {"none" | "going" | "paused" | "done"} state
 * @property {Choice | null} choice "keep everything", as it was chosen
 * @property {string[]} also addresses asked for one by one: newer ones, repairs, what was begun
 * @property {string[]} without addresses that were chosen and then removed from this phone
 * @property {boolean} only what was asked for one by one, while "keep everything" is paused
 * @property {boolean} mobile mobile data may be used
 * @property {string} problem why it stopped: the name of an error, or ""
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

/** @returns {Plan} */
export function planned() {
  try {
    return checked(JSON.parse(recall(PLAN) ?? "null"));
  } catch {
    return NONE;
  }
}

/** @param {Partial<Plan>} news */
export function plan(news) {
  const next = { ...planned(), ...news };
  remember(PLAN, JSON.stringify(next));
  return next;
}

/**
 * Ask for more beside what was chosen. Where that is paused, it stays so.
 * @param {string[]} addresses @param {Partial<Plan>} [news]
 */
export function planAlso(addresses, news = {}) {
  const now = planned();
  const also = [...new Set([...now.also, ...addresses])];
  const only = now.only || (now.state === "paused" && now.choice !== null);
  return plan({ ...news, also, only, state: "going", problem: "" });
}

/** Somebody took it off this phone: it doesn't come back by itself. @param {string[]} addresses */
export function planWithout(addresses) {
  const { state, choice, also, without } = planned();
  if (state === "none") return;
  plan({
    also: also.filter((address) => !addresses.includes(address)),
    without: choice ? [...new Set([...without, ...addresses])] : [],
  });
}

/** All that was asked for is done. */
export function planDone() {
  const { choice, only } = planned();
  const state = choice ? (only ? "paused" : "done") : "none";
  plan({ state, also: [], only: false, mobile: false, problem: "" });
}

/** It is here now, or can't be had. @param {string} address */
export function planLess(address) {
  const { also } = planned();
  if (also.includes(address)) plan({ also: also.filter((other) => other !== address) });
}

/** What another build or a curious hand left is taken only where it makes sense. @param {any} read @returns {Plan} */
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
