// The words of a note that were found, marked.
import { h } from "../lib/dom.js";

/** @import { Row } from "./rows.js" */

/** @param {Row["passage"]} passage @returns {(Node | string)[]} nothing where nothing was found */
export function passageNodes(passage) {
  const pieces = passage?.() ?? [];
  return pieces.map(({ text, isHit }) => (isHit ? h("mark", {}, text) : text));
}
