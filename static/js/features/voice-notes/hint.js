// Remembers whether this phone has voice notes. A voice note is the reader's own recording of their letter. Pages can
// read the hint without opening the vault, so they don't load the vault for readers who have no voice notes.
import { recall, remember } from "../../platform/storage.js";

/** The name in localStorage. Phones have it, so it must not change. */
const HINT = "has-letters";

/** Return whether this phone has voice notes. */
export function hasVoiceNotes() {
  return recall(HINT) !== null;
}

/** Remember whether there are voice notes. @param {boolean} hasAny */
export function rememberVoiceNotes(hasAny) {
  remember(HINT, hasAny ? "1" : null);
}
