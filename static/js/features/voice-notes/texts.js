// Texts about voice notes.
import { clock, date, past, shortDate, time } from "../../platform/dates.js";
import { gettext } from "../../platform/i18n.js";

/** @import { VoiceNote } from "../../data/voice-notes.js" */
/** @import { Ending, Pausing } from "./recorder.js" */

/** Return the default name of a voice note. @param {number} created ms since 1970 */
export function usualName(created) {
  return gettext("My letter, %(date)s", { date: date(new Date(past(created))) });
}

/** Return the name to show. @param {VoiceNote} voiceNote */
export function nameOf({ name, created }) {
  return name || usualName(created);
}

/**
 * Return when it was made and its length. The default name contains the date, so then only the time is given.
 * @param {VoiceNote} voiceNote
 */
export function factsOf({ name, created, ms }) {
  const when = new Date(past(created));
  return `${name ? shortDate(when) : time(when)} · ${clock(ms / 1000)}`;
}

/** @param {Pausing} why */
export function whyPaused(why) {
  switch (why) {
    case "hidden":
      return gettext("Paused while you were away. Nothing was recorded meanwhile.");
    case "muted":
      return gettext("Paused: a call or another app has the microphone.");
    default:
      return gettext("Paused. Take your time.");
  }
}

/** @param {Ending | "cut"} why @returns {string} empty if the reader stopped the recording */
export function whyStopped(why) {
  switch (why) {
    case "limit":
      return gettext("A recording can be ten minutes long. You can make another one afterwards.");
    case "lost":
      return gettext("The microphone stopped working. What you said until then is here.");
    case "full":
      return gettext("This phone has no room left. What you said until then is here.");
    case "failed":
      return gettext("The rest could not be stored. What you said until then is here.");
    case "cut":
      return gettext("This recording was cut off. What you said until then is here.");
    default:
      return "";
  }
}
