// Reading settings in a link: what a fragment holds isn't sent to any server, and it names nobody.
import { href } from "../../platform/dom.js";

/** @import { Choices } from "../../platform/reading-choices.js" */

const MARK = "#r=";

/** Return the link that carries choices. @param {Choices} choices */
export function linkTo(choices) {
  return `${location.origin}${href("settings/reading")}${MARK}${new URLSearchParams(choices)}`;
}

/** Return the choices in a fragment, or null if it carries none. @param {string} fragment @returns {Choices | null} */
export function carriedIn(fragment) {
  if (!fragment.startsWith(MARK)) return null;
  return Object.fromEntries(new URLSearchParams(fragment.slice(MARK.length)));
}
