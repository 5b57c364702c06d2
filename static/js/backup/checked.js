// Whether the reader has shown that the words are on paper. The words themselves are never kept so.
import { recall, remember } from "../lib/memory.js";

const NAME = "backup-words";

/** @returns {"checked" | "unchecked" | null} null: nothing is known on this phone */
export function wordsState() {
  const value = recall(NAME);
  return value === "checked" || value === "unchecked" ? value : null;
}

/** @param {"checked" | "unchecked" | null} value */
export function rememberWords(value) {
  remember(NAME, value);
}
