// Whether something was ever recorded here, as far as can be told without opening it: others pay nothing.
import { recall, remember } from "../lib/memory.js";

const HINT = "has-letters";

export function hasLetters() {
  return recall(HINT) !== null;
}

/** @param {boolean} are */
export function rememberLetters(are) {
  remember(HINT, are ? "1" : null);
}
