// Gives one note away as a file: to the phone's share sheet, or to the browser's downloads. The user chooses to whom it
// goes; nothing is sent from here.
import { moment } from "../../platform/dates.js";
import { h, toast } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { download, fileName } from "./export-file.js";
import { htmlPage } from "./export-page.js";
import { langOf } from "./note-view.js";
import { readingView } from "./reading-view.js";

/** @import { Answer } from "./note-text.js" */
/** @import { ReadingNote } from "./reading-view.js" */

/** @type {Record<string, {type: string, make: (note: ReadingNote) => string}>} by the ending of the file's name */
const KINDS = {
  html: { type: "text/html", make: asPage },
  txt: { type: "text/plain", make: asText },
};

/**
 * Open the phone's share sheet with the note as a file.
 *
 * @param {ReadingNote} note
 * @param {string} name of the app on the home screen
 * @returns {Promise<boolean>} false if this browser can't share files
 */
export async function share(note, name) {
  const { type, make } = KINDS.html;
  const file = new File([make(note)], fileName(name, new Date(), "html"), { type });
  if (!navigator.canShare?.({ files: [file] })) return false;
  try {
    await navigator.share({ files: [file] });
  } catch (error) {
    // The user closed the share sheet.
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
  }
  return true;
}

/**
 * Save the note among the browser's downloads.
 *
 * @param {ReadingNote} note
 * @param {string} name of the app on the home screen
 * @param {string} ending "html" or "txt"
 */
export function save(note, name, ending) {
  const { type, make } = KINDS[ending];
  const file = fileName(name, new Date(), ending);
  download(file, make(note), `${type};charset=utf-8`);
  toast(gettext("Saved as %(file)s.", { file }));
}

/** @param {ReadingNote} note */
function asPage(note) {
  return htmlPage(note.title, [
    h("h1", langOf(note.lang), note.title),
    h("p", { class: "small", text: moment(note.changed) }),
    ...readingView(note),
  ]);
}

/** @param {ReadingNote} note */
export function asText({ title, changed, letter, parts }) {
  const answers = parts.flatMap((part) => [part.title, ...part.answers.map(answerText)]);
  const blocks = [`${title}\n${moment(changed)}`, ...letter, ...answers];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

/**
 * @param {Answer} answer
 * @returns {string}
 */
function answerText({ label, texts, items = [] }) {
  const inner = items.map((item) => [item.label, ...item.answers.map(answerText)].join("\n"));
  return [label, ...texts, ...inner].filter(Boolean).join("\n");
}
