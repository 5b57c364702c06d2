// Remembers whether the reader has shown that the twelve words are on paper. The words themselves are not stored here.
import { recall, remember } from "../../platform/storage.js";

const NAME = "backup-words";

/** @returns {"checked" | "unchecked" | null} null if this phone doesn't know */
export function wordsState() {
  const value = recall(NAME);
  return value === "checked" || value === "unchecked" ? value : null;
}

/** @param {"checked" | "unchecked" | null} value null removes it */
export function rememberWords(value) {
  remember(NAME, value);
}
