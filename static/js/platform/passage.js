// Draws the passage of a note that the search found, with its hits marked.
import { h } from "./dom.js";

/** @typedef {{text: string, isHit: boolean}} Piece a part of a text; `isHit`: the search found it */

/** @param {(() => Piece[]) | undefined} passage @returns {(Node | string)[]} empty if there is no passage */
export function passageNodes(passage) {
  const pieces = passage?.() ?? [];
  return pieces.map(({ text, isHit }) => (isHit ? h("mark", {}, text) : text));
}
