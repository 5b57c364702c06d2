/** A worksheet outside of the app: on paper, filled in or empty, and as text. */
import { date } from "../lib/dates.js";
import { say } from "../lib/dom.js";
import { gettext } from "../lib/messages.js";
import { isNothing, words } from "./values.js";
import { speech } from "./fields.js";

/** @import { Field } from "./fields.js" */

/** Somebody asked for an empty sheet: nothing else is put on paper before that is done. */
let emptyAsked = false;

/**
 * What the browser prints by itself: the answers if there are any, else the questions with room to write.
 * @param {boolean} written
 */
export function paperFor(written) {
  document.documentElement.dataset.print = written && !emptyAsked ? "filled" : "empty";
}

/**
 * @param {HTMLElement} sheet
 * @param {{empty: () => void, back: () => void, signal: AbortSignal}} draw `empty` draws the picture without answers; `back` shows everything
 *   as it is
 */
export function startPrinting(sheet, { empty, back, signal }) {
  for (const button of sheet.querySelectorAll("button[data-paper]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.addEventListener("click", () => {
      emptyAsked = button.dataset.paper === "empty";
      paperFor(!emptyAsked);
      if (emptyAsked) empty();
      print();
    });
  }
  const done = () => {
    if (!emptyAsked) return;
    emptyAsked = false;
    back();
  };
  addEventListener("beforeprint", () => foot(sheet), { signal });
  addEventListener("afterprint", done, { signal });
  signal.addEventListener("abort", () => {
    emptyAsked = false;
    delete document.documentElement.dataset.print;
  });
  // Where a browser doesn't tell that it has printed.
  sheet.addEventListener("input", done);
  foot(sheet);
}

/** @param {HTMLElement} sheet */
function foot(sheet) {
  const line = sheet.querySelector("[data-print-foot]");
  if (!(line instanceof HTMLElement)) return;
  const values = { date: date(new Date()), service_name: line.dataset.service ?? "" };
  say(
    line,
    gettext(
      "Printed %(date)s from %(service_name)s. This paper has your words on it: keep it where you want it read.",
      values,
    ),
  );
}

/** What was written, as text. @param {string} title @param {Iterable<Field>} fields */
export function asText(title, fields) {
  const answers = [...fields]
    .map(({ question, read }) => ({ question, value: read() }))
    .filter(({ value }) => !isNothing(value))
    .map(({ question, value }) => `${question.label}\n${words(question, value, speech)}`);
  return [title, ...answers].join("\n\n");
}
