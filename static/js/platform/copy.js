// Copies text to the clipboard.
import { toast } from "./dom.js";
import { pgettext } from "./i18n.js";

/** Copy the text and show a message. @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // The page has no permission or isn't a secure context. Use the old method instead.
    copyFromArea(text);
  }
  toast(pgettext("short message", "Copied."));
}

/** Copy the text from an invisible text area, with `execCommand`. @param {string} text */
function copyFromArea(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
