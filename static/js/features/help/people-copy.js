// Who can be called while the lock is closed. The list itself is sealed in the vault. Only if the reader has chosen so on
// this phone, a copy that isn't sealed is kept in localStorage. It is removed with the choice, and with everything else;
// hiding the page leaves it, because somebody who hid it may need to call.
import { recall, remember } from "../../platform/storage.js";

/** @import { Person } from "./people-entries.js" */

const NAME = "help-people";

/** Whether the reader has chosen that their people can be called without the PIN. */
export const isCopied = () => recall(NAME) !== null;

/** Keep a copy. @param {Person[]} people */
export function keepCopy(people) {
  remember(NAME, JSON.stringify(people));
}

export const removeCopy = () => remember(NAME, null);

/** Read the copy. @returns {Person[]} */
export function readCopy() {
  try {
    const copy = JSON.parse(recall(NAME) ?? "[]");
    return Array.isArray(copy) ? copy.filter(isPerson) : [];
  } catch {
    return [];
  }
}

/** @param {any} value @returns {value is Person} */
const isPerson = (value) =>
  typeof value?.id === "string" &&
  typeof value.words === "string" &&
  Array.isArray(value.numbers) &&
  value.numbers.every((/** @type {unknown} */ number) => typeof number === "string");
