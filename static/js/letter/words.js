// What is said about recordings and about the microphone.
import { clock, date, shortDate, time } from "../lib/dates.js";
import { gettext } from "../lib/messages.js";
import { platform } from "../lib/install.js";

/** @import { Letter } from "../data/letters.js" */
/** @import { Reason } from "./microphone.js" */
/** @import { Ending, Pausing } from "./recorder.js" */

/** @param {number} created ms since 1970 */
export function usualName(created) {
  return gettext("My letter, %(date)s", { date: date(new Date(created)) });
}

/** @param {Letter} letter */
export function nameOf({ name, created }) {
  return name || usualName(created);
}

/** When, and how long; the day where the name doesn't say it. @param {Letter} letter */
export function factsOf({ name, created, ms }) {
  const when = new Date(created);
  return `${name ? shortDate(when) : time(when)} · ${clock(ms / 1000)}`;
}

/** @param {Reason} reason */
export function whyNoMicrophone(reason) {
  switch (reason) {
    case "refused":
      return howToAllow();
    case "none":
      return gettext("No microphone was found. If you use one with a cable, is it plugged in?");
    case "busy":
      return gettext("The microphone can’t be used just now. A call or another app may have it.");
    case "insecure":
      return gettext(
        "Browsers give the microphone only to pages with a secure address, one that begins with https. This one doesn’t.",
      );
    default:
      return gettext("This browser can’t record. Your phone’s own voice recorder can do the same.");
  }
}

function howToAllow() {
  switch (platform()) {
    case "ios":
      return gettext(
        "The microphone is switched off for this page. To allow it: open the phone’s Settings, then Apps, Safari, Microphone, and choose Ask. Then come back and tap Record.",
      );
    case "android":
      return gettext(
        "The microphone is switched off for this page. To allow it: tap the sign beside the address, then Permissions, Microphone. From the home screen: hold the app’s icon, then App info, Permissions. Then come back and tap Record.",
      );
    default:
      return gettext(
        "The microphone is switched off for this page. To allow it: click the sign beside the address and switch the microphone on. Then choose Record again.",
      );
  }
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

/** @param {Ending | "cut"} why @returns {string} nothing where the reader stopped it */
export function whyStopped(why) {
  switch (why) {
    case "limit":
      return gettext("Ten minutes fit into one recording. You can make another one afterwards.");
    case "lost":
      return gettext("The microphone went away. What you said until then is here.");
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
