// Remembers whether this phone has recordings of the reader's own voice. The hint can be read without opening the
// vault, so pages don't load the vault for readers who have no recordings.
import { recall, remember } from "../../platform/storage.js";

const HINT = "has-letters";

export function hasLetters() {
  return recall(HINT) !== null;
}

/** @param {boolean} hasAny */
export function rememberLetters(hasAny) {
  remember(HINT, hasAny ? "1" : null);
}
