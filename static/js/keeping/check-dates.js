// When what is saved was looked through last, and whether it is time again.
import { recall, remember } from "../lib/memory.js";

const LAST = "checked";
const BEGUN = "check-begun";
/** By itself at most once in this time (ms). */
const WEEK = 7 * 86_400_000;

/** Whether it is time; the first week begins now. @param {number} [now] */
export function isTimeToCheck(now = Date.now()) {
  const last = Number(recall(LAST));
  if (!last) remember(LAST, String(now));
  return last > 0 && now - last >= WEEK;
}

/** When the check began that is to be gone on with, or now. @param {number} [now] */
export function checkBegan(now = Date.now()) {
  const begun = Number(recall(BEGUN)) || now;
  remember(BEGUN, String(begun));
  return begun;
}

/** All was looked through. @param {number} [now] */
export function checked(now = Date.now()) {
  remember(LAST, String(now));
  remember(BEGUN, null);
}
