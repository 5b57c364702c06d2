// Puts into words what is in a file that the user wants to bring in, and why a file can't be brought in.
import { CHOICES } from "../../answers/rows.js";
import { date } from "../../platform/dates.js";
import { gettext, ngettext } from "../../platform/i18n.js";
import { explain } from "../../session/problems.js";

/** @import { ImportFile } from "../../data/import-file.js" */
/** @import { Preview } from "../../data/import.js" */

/** @type {Record<string, () => string>} */
const FAULTS = {
  file_empty: () =>
    gettext("This file is empty. Choose another copy of it, or save your notes once more."),
  file_too_large: () =>
    gettext(
      "This file is larger than 50 MB, so the phone can’t read it. Check that it is the file with your notes.",
    ),
  file_too_many: () =>
    gettext(
      "There are more notes in this file than this app can hold. Check that it is the file with your notes.",
    ),
  file_foreign: () =>
    gettext(
      "This file was not saved by this app. Choose the one that you saved under “For another program”. Its name ends in .json.",
    ),
  file_to_read: () =>
    gettext(
      "This is a page to read, and notes can’t be brought back from it. Choose the file that you saved under “For another program”.",
    ),
  file_for_clinic: () =>
    gettext(
      "This is a file for a clinic’s system, and notes can’t be brought back from it. Choose the one that you saved under “For another program”.",
    ),
  file_newer: () =>
    gettext(
      "This file was saved by a newer version of this app. Go online, open this page again, and then choose the file again.",
    ),
  file_damaged: () =>
    gettext(
      "This file is damaged: a part of it is missing or was changed. Choose another copy of it, or save your notes once more.",
    ),
};

/**
 * Explain why a file wasn't brought in.
 *
 * @param {any} error
 * @returns {import("../../platform/forms.js").Fault}
 */
export function faultOf(error) {
  // The browser can't read the file: it was moved, or it is kept by another app that doesn't hand it out.
  if (error instanceof DOMException) {
    return {
      text: gettext(
        "The phone could not open this file. Save it on the phone, then choose it again.",
      ),
    };
  }
  const words = FAULTS[error.code];
  return words ? { text: words() } : explain(error);
}

/** Return when the file was made, in words, or "". @param {number | null} exported @param {number} [now] */
export function savedOn(exported, now = Date.now()) {
  if (exported === null || exported > now) return "";
  return gettext("Saved on %(date)s.", { date: date(new Date(exported)) });
}

/**
 * Return one line for each kind of entry in the file.
 *
 * @param {ImportFile} file
 * @param {Preview} preview
 * @returns {string[]}
 */
export function linesOf({ entries, unread }, { added, changed, known, deleted }) {
  const isChoice = (/** @type {string} */ id) => CHOICES.has(entries.get(id)?.kind ?? "");
  const count = (/** @type {string[]} */ ids) => ids.filter((id) => !isChoice(id)).length;
  const lines = [
    line(count(added), (num) => ngettext("%(num)s new note", "%(num)s new notes", num)),
    line(count(changed), (num) =>
      ngettext(
        "%(num)s note with words that are not here yet",
        "%(num)s notes with words that are not here yet",
        num,
      ),
    ),
    [...added, ...changed].some(isChoice)
      ? gettext("What was chosen for Help and for an appointment")
      : "",
    line(count(known), (num) =>
      ngettext("%(num)s note that is here already", "%(num)s notes that are here already", num),
    ),
    line(count(deleted), (num) =>
      ngettext(
        "%(num)s note that was deleted here. It stays deleted.",
        "%(num)s notes that were deleted here. They stay deleted.",
        num,
      ),
    ),
    ...unreadLines(unread),
  ];
  return lines.filter(Boolean);
}

/** @param {ImportFile["unread"]} unread */
function unreadLines({ damaged, large, future, sealed }) {
  return [
    line(damaged, (num) =>
      ngettext(
        "%(num)s note that can’t be read: the file is damaged there. Another copy of it may be whole.",
        "%(num)s notes that can’t be read: the file is damaged there. Another copy of it may be whole.",
        num,
      ),
    ),
    line(large, (num) =>
      ngettext(
        "%(num)s note that can’t be read: it has more parts than this app can hold. It stays in the file.",
        "%(num)s notes that can’t be read: they have more parts than this app can hold. They stay in the file.",
        num,
      ),
    ),
    line(future, (num) =>
      ngettext(
        "%(num)s note that can’t be read: its date is far in the future. It stays in the file.",
        "%(num)s notes that can’t be read: their dates are far in the future. They stay in the file.",
        num,
      ),
    ),
    line(sealed, (num) =>
      ngettext(
        "%(num)s note that could not be opened when the file was saved. It may still be on that phone.",
        "%(num)s notes that could not be opened when the file was saved. They may still be on that phone.",
        num,
      ),
    ),
  ];
}

/** @param {number} num @param {(num: number) => string} words */
const line = (num, words) => (num ? words(num) : "");

/** Return the label of the box that brings deleted notes back. @param {number} num */
export const againLabel = (num) =>
  ngettext(
    "Bring back %(num)s note that was deleted here, as a new note",
    "Bring back %(num)s notes that were deleted here, as new notes",
    num,
  );

/** Return what to say while notes are being stored. @param {number} num */
export const storing = (num) => ngettext("Storing %(num)s note…", "Storing %(num)s notes…", num);

/** Return what to say afterwards. @param {number} num of notes that were brought in */
export function doneText(num) {
  if (!num) return gettext("Everything in the file is here now.");
  return ngettext("%(num)s note was brought in.", "%(num)s notes were brought in.", num);
}
