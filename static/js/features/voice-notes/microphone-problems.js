// Texts that say why the microphone can't be used and what the reader can do.
import { platform } from "../../platform/install.js";
import { gettext } from "../../platform/i18n.js";

/** @import { Reason } from "./microphone.js" */

/** @param {Reason} reason */
export function whyNoMicrophone(reason) {
  switch (reason) {
    case "refused":
      return howToAllow();
    case "none":
      return gettext("No microphone was found. If you use one with a cable, is it plugged in?");
    case "busy":
      return gettext(
        "The microphone can’t be used just now. A call or another app may be using it.",
      );
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
        "The microphone is switched off for this page. To allow it: tap the symbol beside the address, then Permissions, Microphone. From the home screen: hold the app’s icon, then App info, Permissions. Then come back and tap Record.",
      );
    default:
      return gettext(
        "The microphone is switched off for this page. To allow it: click the symbol beside the address and switch the microphone on. Then choose Record again.",
      );
  }
}
