// Reading settings in a link: what a fragment holds isn't sent to any server, and it names nobody.
import { href } from "../../platform/dom.js";

/** @import { Choices } from "../../platform/reading-choices.js" */

const MARK = "#r=";
/** A voice lives on one device, and its name may tell which. */
const OF_THIS_DEVICE = /^voice_/;

/** Return the link that carries choices. @param {Choices} choices */
export function linkTo(choices) {
  const carried = Object.entries(choices).filter(([name]) => !OF_THIS_DEVICE.test(name));
  return `${location.origin}${href("settings/reading")}${MARK}${new URLSearchParams(carried)}`;
}

/** Return the choices in a fragment, or null if it carries none. @param {string} fragment @returns {Choices | null} */
export function carriedIn(fragment) {
  if (!fragment.startsWith(MARK)) return null;
  return Object.fromEntries(new URLSearchParams(fragment.slice(MARK.length)));
}
