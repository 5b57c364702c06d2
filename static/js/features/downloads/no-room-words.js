// Says that the newest pages don't fit on this phone. Hardly anyone ever needs these words.
import { gettext, ngettext } from "../../platform/i18n.js";

/** @param {number} pages how many older ones are here */
export function noRoomWords(pages) {
  if (!pages) {
    return gettext(
      "This phone has no room left for it. Remove something you no longer need, then try again.",
    );
  }
  return ngettext(
    "There are newer pages, but this phone has no room left for them. The one page that is here works with no signal, as before. To get the newer ones, remove something you no longer need, then try again.",
    "There are newer pages, but this phone has no room left for them. All %(num)s pages that are here work with no signal, as before. To get the newer ones, remove something you no longer need, then try again.",
    pages,
  );
}
