// Remembers when the saved recordings were last checked, and decides when the next check is due.
import { recall, remember } from "../platform/storage.js";

const LAST = "checked";
const BEGUN = "check-begun";
/** The app starts a check by itself at most once in this time. In ms. */
const WEEK = 7 * 86_400_000;

/**
 * Return whether a check is due. The first call starts the first week.
 * @param {number} [now]
 */
export function isTimeToCheck(now = Date.now()) {
  const last = Number(recall(LAST));
  if (!last) remember(LAST, String(now));
  return last > 0 && now - last >= WEEK;
}

/**
 * Return when the unfinished check began. If there is none, a check begins now.
 * @param {number} [now]
 */
export function checkBegan(now = Date.now()) {
  const begun = Number(recall(BEGUN)) || now;
  remember(BEGUN, String(begun));
  return begun;
}

/**
 * Remember that a check has finished.
 * @param {number} [now]
 */
export function checked(now = Date.now()) {
  remember(LAST, String(now));
  remember(BEGUN, null);
}
