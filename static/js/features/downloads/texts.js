// The texts about saving recordings on this phone.
import { size } from "../../platform/dates.js";
import { gettext, ngettext, number, pgettext } from "../../platform/i18n.js";
import { troubleWords } from "../../downloads/texts.js";

/** @typedef {import("../../downloads/overview.js").Item} Item */
/** @typedef {import("../../downloads/shared-status.js").Status} Status */
/** @typedef {import("../../downloads/shared-status.js").Task} Task */

/**
 * Say how many recordings a choice has and how large they are.
 * @param {{count: number, done: number, total: number}} sum `done`, `total`: bytes
 */
export function choiceWords({ count, done, total }) {
  const sizes = { total: size(total), here: size(done) };
  if (done >= total) {
    return ngettext(
      "%(num)s recording, %(total)s. It is here already.",
      "%(num)s recordings, %(total)s. All of them are here already.",
      count,
      sizes,
    );
  }
  if (done) {
    return ngettext(
      "%(num)s recording, %(total)s. %(here)s are here already.",
      "%(num)s recordings, %(total)s. %(here)s are here already.",
      count,
      sizes,
    );
  }
  return ngettext("%(num)s recording, %(total)s.", "%(num)s recordings, %(total)s.", count, sizes);
}

/**
 * Say what the download manager is doing.
 * @param {Status} status
 */
export function phaseWords({ phase, tasks, current }) {
  switch (phase) {
    case "looking":
      return gettext("Checking what there is to save…");
    case "offline":
      return gettext("Waiting for a connection. It will carry on by itself.");
    case "unreachable":
    case "foreign":
    case "no_parts":
    case "sign_in":
      return troubleWords(phase);
    case "metered":
      return gettext("Waiting for Wi-Fi. This phone is on mobile data, or set to save data.");
    case "saving": {
      const at = tasks.findIndex(({ sound }) => sound.address === current);
      const values = {
        at: number(at + 1),
        count: number(tasks.length),
        title: tasks[at]?.sound.title ?? "",
      };
      return gettext("Saving %(at)s of %(count)s: %(title)s", values);
    }
  }
}

/** @param {{done: number, total: number}} sum bytes */
export function amountWords({ done, total }) {
  return gettext("%(done)s of %(total)s", { done: size(done), total: size(total) });
}

/** @param {{done: number, total: number}} sum bytes */
export function pausedWords({ done, total }) {
  return gettext("Paused. %(done)s of %(total)s are here.", {
    done: size(done),
    total: size(total),
  });
}

/**
 * Say why saving stopped.
 * @param {string} problem the code of an error
 */
export function stoppedWords(problem) {
  if (problem === "storage_full") {
    return gettext(
      "This phone has no room for more. What is saved stays and plays. Remove something you no longer need, then go on.",
    );
  }
  return gettext("Saving stopped. What is saved stays and plays. Try again in a while.");
}

/**
 * Say why recordings were left out.
 * @param {number} count
 */
export function leftOutWords(count) {
  return ngettext(
    "%(num)s recording could not be saved: the service doesn’t have it just now, or it arrived damaged.",
    "%(num)s recordings could not be saved: the service doesn’t have them just now, or they arrived damaged.",
    count,
  );
}

/**
 * @param {number} count
 * @param {number} bytes
 */
export function doneWords(count, bytes) {
  return ngettext(
    "The recording you chose is on this phone (%(size)s). It plays with no signal.",
    "All %(num)s recordings you chose are on this phone (%(size)s). They play with no signal.",
    count,
    { size: size(bytes) },
  );
}

/**
 * @param {number} count
 * @param {number} bytes
 */
export function notHereWords(count, bytes) {
  return ngettext(
    "%(num)s recording is not on this phone yet (%(size)s).",
    "%(num)s recordings are not on this phone yet (%(size)s).",
    count,
    { size: size(bytes) },
  );
}

/**
 * Return the second line of an exercise's row.
 * @param {Task[]} tasks its files
 * @param {string} current address of the file that is being saved
 */
export function exerciseWords(tasks, current) {
  const saved = tasks.filter(({ state }) => state === "saved").length;
  const whole = tasks.reduce((sum, task) => sum + task.size, 0);
  const values = { saved: number(saved), count: number(tasks.length), size: size(whole) };
  if (tasks.some(({ problem }) => problem)) {
    return pgettext("state of an exercise", "Could not be saved");
  }
  if (saved === tasks.length) {
    return pgettext("state of an exercise", "Saved, %(size)s", values);
  }
  if (tasks.some(({ sound }) => sound.address === current)) {
    return gettext("Saving, %(saved)s of %(count)s are here", values);
  }
  if (saved) return gettext("%(saved)s of %(count)s are here", values);
  return pgettext("state of an exercise", "Waiting, %(size)s", values);
}

/**
 * @param {number} count
 * @param {number} bytes
 */
export function lostWords(count, bytes) {
  return ngettext(
    "Part of %(num)s recording is gone from this phone (%(size)s): the browser cleared it away, or it was damaged. It plays again once that part is back.",
    "Parts of %(num)s recordings are gone from this phone (%(size)s): the browser cleared them away, or they were damaged. They play again once those parts are back.",
    count,
    { size: size(bytes) },
  );
}

/** @param {number} count */
export function newerWords(count) {
  return ngettext(
    "There is a newer version of %(num)s recording. The one on this phone plays until the newer one is here.",
    "There are newer versions of %(num)s recordings. Those on this phone play until the newer ones are here.",
    count,
  );
}
