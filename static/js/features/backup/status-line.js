// Describes the state of backup in one line.
import { moment } from "../../platform/dates.js";
import { gettext, ngettext, pgettext } from "../../platform/i18n.js";
import { explain } from "../../session/problems.js";

/** @import { Status } from "../../data/backup-status.js" */

/** @typedef {{text: string, icon: string, state: "ok" | "waiting" | "failed", details?: string}} Line */

/** Problems that mean that the server can't be reached. */
const UNREACHED = new Set(["offline", "timeout", "bad_answer"]);

/**
 * Return the line for a state of backup.
 * @param {Status} status
 * @param {boolean} online whether the browser is online
 * @returns {Line}
 */
export function statusLine(status, online) {
  const { state, problem, pending } = status;
  if (problem && UNREACHED.has(problem)) return offline();
  if (state === "syncing")
    return line(pgettext("state of the backup", "Backing up…"), "cloud-check", "waiting");
  if (problem === "entry_too_large") return line(tooLarge(status), "warning", "failed");
  if (problem && problem !== "busy" && problem !== "stopped") {
    const { text, details } = explain({ code: problem });
    return { ...line(text, "warning", "failed"), details };
  }
  if (pending && !online) return offline();
  if (pending) return line(waiting(pending), "mobile", "waiting");
  return line(done(status.lastBackedUp), "cloud-check", "ok");
}

const offline = () =>
  line(gettext("You are offline. Backup goes on when you are online."), "cloud-off", "waiting");

/** @param {number} pending */
const waiting = (pending) =>
  ngettext("%(num)s note is waiting.", "%(num)s notes are waiting.", pending);

/** @param {Status} status */
const tooLarge = ({ tooLarge }) =>
  ngettext(
    "%(num)s note is too long for the backup. It is kept on this phone.",
    "%(num)s notes are too long for the backup. They are kept on this phone.",
    tooLarge.length,
  );

/** @param {number | null} when ms since 1970 */
function done(when) {
  if (when === null) return gettext("Nothing has been backed up yet.");
  return gettext("Everything is backed up. Last time: %(when)s.", { when: moment(when) });
}

/** @param {string} text @param {string} icon @param {Line["state"]} state @returns {Line} */
const line = (text, icon, state) => ({ text, icon, state });
