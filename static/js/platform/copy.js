// Copies text to the clipboard.
import { toast } from "./dom.js";
import { gettext, pgettext } from "./i18n.js";

/** Copy the text, and say whether it worked. @param {string} text */
export async function copy(text) {
  toast(
    (await isCopied(text))
      ? pgettext("short message", "Copied.")
      : gettext("That couldn’t be copied. You can select the words and copy them yourself."),
  );
}

/** @param {string} text */
async function isCopied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The page has no permission or isn't a secure context. Use the old method instead.
    return copyFromArea(text);
  }
}

/**
 * Copy the text from an invisible text area, with `execCommand`.
 * @param {string} text
 * @returns {boolean} whether the browser did it
 */
function copyFromArea(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  document.body.append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  return isDone;
}
