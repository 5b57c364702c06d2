// Says why pages can't be kept on this phone, and what helps. Hardly anyone ever needs these words.
import { gettext } from "../../platform/i18n.js";

/** By obstacle (platform/keeping.js), or by an error's code. @type {Record<string, () => string>} */
const OBSTACLES = {
  insecure: () =>
    gettext(
      "Nothing can be kept at this address, because it begins with http://. Ask your service for the one that begins with https://. You can read and listen here while you are online.",
    ),
  missing: () =>
    gettext(
      "This browser keeps no pages, recordings or notes here. This happens in some private windows and in old browsers. You can read and listen while you are online. To keep them, open this page in a normal window or in another browser.",
    ),
  refused: () =>
    gettext(
      "This browser is set to keep nothing from this site. You can read and listen while you are online. To keep pages, recordings and notes, allow cookies and site data for this site in the browser’s settings. Then open this page again.",
    ),
  storage_full: () =>
    gettext(
      "This phone has no room left for it. Remove something you no longer need, then try again.",
    ),
  changed: () => gettext("The service is being updated just now. Try again in a few minutes."),
  altered: () =>
    gettext(
      "Something between this phone and the service, such as a filter on this network, changes the pages on the way. Changed pages aren’t saved. What’s already here stays and works. Open this page again on another network.",
    ),
};

/** @param {string} why @returns {string} */
export const obstacleWords = (why) => OBSTACLES[why]();
