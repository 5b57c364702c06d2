// Draws the passage of a note that the search found, with its hits marked.
import { h } from "./dom.js";

/** @import { Row } from "../answers/rows.js" */

/** @param {Row["passage"]} passage @returns {(Node | string)[]} empty if there is no passage */
export function passageNodes(passage) {
  const pieces = passage?.() ?? [];
  return pieces.map(({ text, isHit }) => (isHit ? h("mark", {}, text) : text));
}
