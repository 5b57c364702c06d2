/** A worksheet outside the app: printed, filled in or empty, and shared or copied as text. */
import { date } from "../../platform/dates.js";
import { say, toast } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";
import { reportFailure } from "../../platform/reopening.js";
import { isNothing, words } from "../../answers/values.js";
import { speech } from "../../answers/fields.js";

/** @import { Field } from "../../answers/fields.js" */

/** Whether the reader asked for an empty sheet. Until it is printed, every print is empty. */
let isEmptyWanted = false;

/**
 * Set what the browser prints: the answers if there are any, otherwise the questions with room to write.
 * @param {boolean} written whether there are answers
 */
export function paperFor(written) {
  document.documentElement.dataset.print = written && !isEmptyWanted ? "filled" : "empty";
}

/**
 * Set up the print buttons and the line below the printed title.
 * @param {HTMLElement} sheet
 * @param {{empty: () => void, back: () => void, signal: AbortSignal}} draw `empty` draws the picture without answers;
 *   `back` draws it with them again
 */
export function startPrinting(sheet, { empty, back, signal }) {
  for (const button of sheet.querySelectorAll("button[data-paper]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.addEventListener("click", () => {
      isEmptyWanted = button.dataset.paper === "empty";
      paperFor(!isEmptyWanted);
      if (isEmptyWanted) empty();
      print();
    });
  }
  const done = () => {
    if (!isEmptyWanted) return;
    isEmptyWanted = false;
    back();
  };
  addEventListener("beforeprint", () => writePrivacy(sheet), { signal });
  addEventListener("afterprint", done, { signal });
  signal.addEventListener("abort", () => {
    isEmptyWanted = false;
    delete document.documentElement.dataset.print;
  });
  // For browsers that don't dispatch afterprint.
  sheet.addEventListener("input", done);
  writePrivacy(sheet);
}

/** Write when this was printed, and that it is private. @param {HTMLElement} sheet */
function writePrivacy(sheet) {
  const line = sheet.querySelector("[data-print-privacy]");
  if (!(line instanceof HTMLElement)) return;
  const values = { date: date(new Date()), service_name: line.dataset.service ?? "" };
  say(
    line,
    gettext(
      "Printed %(date)s from %(service_name)s. This paper has your words on it: keep it somewhere private.",
      values,
    ),
  );
}

/**
 * Open the phone's share sheet. The user chooses who gets the words.
 * @param {string} title @param {Iterable<Field>} fields
 */
export async function share(title, fields) {
  try {
    await navigator.share({ title, text: asText(title, fields) });
  } catch (error) {
    // The user closed the share sheet.
    if (error instanceof DOMException && error.name === "AbortError") return;
    const isTold = reportFailure("the worksheet was not shared", error);
    if (!isTold) toast(gettext("That did not work. Nothing was lost."));
  }
}

/** Return the title and the answers as text. @param {string} title @param {Iterable<Field>} fields */
export function asText(title, fields) {
  const answers = [...fields]
    .map(({ question, read }) => ({ question, value: read() }))
    .filter(({ value }) => !isNothing(value))
    .map(({ question, value }) => `${question.label}\n${words(question, value, speech)}`);
  return [title, ...answers].join("\n\n");
}
