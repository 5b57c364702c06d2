// Text for another app.
import { toast } from "./dom.js";
import { pgettext } from "./messages.js";

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No permission, or no secure context: the old way.
    copyFromArea(text);
  }
  toast(pgettext("short message", "Copied."));
}

/** @param {string} text */
function copyFromArea(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
