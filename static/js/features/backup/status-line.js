// Describes the state of backup in one line, with a next step where there is one.
import { moment, past } from "../../platform/dates.js";
import { gettext, ngettext, pgettext } from "../../platform/i18n.js";
import { explain } from "../../session/problems.js";

/** @import { Status } from "../../data/backup-status.js" */

/** @typedef {{text: string, icon: string, state: "ok" | "waiting" | "failed", details?: string}} Line */

/** Problems that aren't the reader's: they pass by themselves. The backup isn't complete meanwhile. */
const PASSING = new Set(["busy", "stopped"]);

/**
 * Return the line for a state of backup.
 * @param {Status} status
 * @param {boolean} online whether the browser is online
 * @returns {Line}
 */
export function statusLine(status, online) {
  const { state, problem, pending } = status;
  const unreached = problem && unreachedBecause(problem, online);
  if (unreached) return line(unreached, "cloud-off", "waiting");
  if (state === "syncing") return backingUp();
  // The tab that syncs names it as the problem; the others only know which notes are too long.
  const areTooLarge = problem === null && pending > 0 && pending === status.tooLarge.length;
  if (problem === "entry_too_large" || areTooLarge)
    return line(tooLarge(status), "warning", "failed");
  if (problem && !PASSING.has(problem)) {
    const { text, details } = explain({ code: problem });
    return { ...line(text, "warning", "failed"), details };
  }
  if (pending && !online) return line(offline(), "cloud-off", "waiting");
  if (pending) return line(waiting(pending), "mobile", "waiting");
  if (problem) return backingUp();
  const lacks = incomplete(status);
  if (lacks.length) return line([...lacks, saved(status)].join(" "), "warning", "failed");
  return line(done(status.lastBackedUp), "cloud-check", "ok");
}

/**
 * Return why the server can't be reached, or undefined if the problem is another one.
 * @param {string} problem
 * @param {boolean} online
 */
function unreachedBecause(problem, online) {
  if (problem === "offline") return online ? unreached() : offline();
  if (problem === "timeout" || problem === "http_408" || problem === "http_504") return slow();
  return problem === "bad_answer" ? wrongNetwork() : undefined;
}

const backingUp = () =>
  line(pgettext("state of the backup", "Backing up…"), "cloud-check", "waiting");

const offline = () => gettext("You are offline. Backup will carry on when you’re online.");
const unreached = () =>
  gettext("The server can’t be reached just now. Backup will carry on when it can be reached.");
const slow = () => gettext("The connection is very slow. Backup carries on by itself, bit by bit.");
const wrongNetwork = () =>
  gettext(
    "Something on this network is answering instead of the service. Perhaps the Wi-Fi wants you to sign in. Backup will then carry on by itself.",
  );

/**
 * Say what the backup lacks, or what lacks here.
 * @param {Pick<Status, "unopened" | "unreadable" | "missing">} status
 * @returns {string[]} sentences
 */
export function incomplete({ unopened, unreadable, missing }) {
  return [
    ...(unopened ? [notOpened(unopened)] : []),
    ...(unreadable ? [notRead(unreadable)] : []),
    ...(missing ? [lost(missing)] : []),
  ];
}

/** @param {number} unreadable */
const notRead = (unreadable) =>
  ngettext(
    "%(num)s note on this phone can’t be opened, so it isn’t backed up. It is kept.",
    "%(num)s notes on this phone can’t be opened, so they aren’t backed up. They are kept.",
    unreadable,
  );

/** @param {number} unopened */
const notOpened = (unopened) =>
  ngettext(
    "%(num)s note in the backup can’t be opened here. It stays in the backup.",
    "%(num)s notes in the backup can’t be opened here. They stay in the backup.",
    unopened,
  );

/** @param {number} missing */
const lost = (missing) =>
  ngettext(
    "%(num)s note is missing from the backup. If another phone of yours has it, open this app there.",
    "%(num)s notes are missing from the backup. If another phone of yours has them, open this app there.",
    missing,
  );

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

/** @param {Status} status */
const saved = ({ lastBackedUp }) =>
  lastBackedUp === null
    ? gettext("Nothing has been backed up yet.")
    : gettext("What is on this phone is backed up. Last time: %(when)s.", {
        when: moment(past(lastBackedUp)),
      });

/** @param {number | null} when ms since 1970 */
function done(when) {
  if (when === null) return gettext("Nothing has been backed up yet.");
  return gettext("Everything is backed up. Last time: %(when)s.", { when: moment(past(when)) });
}

/** @param {string} text @param {string} icon @param {Line["state"]} state @returns {Line} */
const line = (text, icon, state) => ({ text, icon, state });
