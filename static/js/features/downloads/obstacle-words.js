// Says why nothing can be kept on this phone, and what helps. Hardly anyone ever needs these words.
import { gettext } from "../../platform/i18n.js";

/** @import { Obstacle } from "../../platform/keeping.js" */

/** @type {Record<Obstacle, () => string>} */
const OBSTACLES = {
  insecure: () =>
    gettext(
      "Nothing can be kept at this address, because it begins with http://. Ask your service for the one that begins with https://. You can read and listen here while you are online.",
    ),
  missing: () =>
    gettext(
      "This browser keeps no pages, recordings or notes here. That is so in some private windows and in old browsers. You can read and listen while you are online. To keep them, open this page in a normal window or in another browser.",
    ),
  refused: () =>
    gettext(
      "This browser is set to keep nothing from this site. You can read and listen while you are online. To keep pages, recordings and notes, allow cookies and site data for this site in the browser’s settings. Then open this page again.",
    ),
};

/** @param {Obstacle} why @returns {string} */
export const obstacleWords = (why) => OBSTACLES[why]();
