// Says why notes can't be opened or kept here. Hardly anyone ever needs these words, so they are loaded only then.
import { codeOf } from "../platform/errors.js";
import { startPart } from "../platform/page.js";

/**
 * Replace the general words of a notice by those for this error, if there are any. The general words stay until they
 * are loaded, and if they can't be loaded.
 * @param {ParentNode | null} notice with a paragraph
 * @param {unknown} error
 */
export function explainOn(notice, error) {
  const code = codeOf(error);
  const words = notice?.querySelector("p");
  if (!notice || !words || !code.startsWith("storage_")) return;
  words.dataset.code = code;
  words.dataset.module = "trouble";
  void startPart(notice);
}
