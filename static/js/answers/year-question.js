/** Asks about a date whose year can't be meant: somebody who types 5/1/26 has written the year 26. */
import { date } from "../platform/dates.js";
import { say } from "../platform/dom.js";
import { gettext } from "../platform/i18n.js";
import { day, meantDay } from "./values.js";

/**
 * Set up the question under a date. What was typed stays until the reader accepts another date.
 * @param {HTMLElement} line the element that asks, hidden as long as there is nothing to ask
 * @param {HTMLInputElement} input
 * @param {(value: string) => void} change changes the date, such as to "2026-01-05"
 * @returns {() => void} call it after a script has changed the date
 */
export function askYear(line, input, change) {
  const words = /** @type {HTMLElement} */ (line.querySelector("[data-year-words]"));
  const button = /** @type {HTMLElement} */ (line.querySelector("[data-year-yes]"));
  const ask = () => {
    const meant = day(meantDay(input.value));
    line.hidden = !meant;
    say(words, meant ? gettext("Do you mean %(date)s?", { date: date(meant) }) : "");
  };
  // While the reader types 2026, the year is 2, 20 and 202 for a moment.
  input.addEventListener("blur", ask);
  input.addEventListener("input", () => {
    if (!line.hidden && day(input.value)) ask();
  });
  button.addEventListener("click", () => {
    change(meantDay(input.value));
    // The button disappears, so move the focus to the question.
    input.focus();
  });
  return ask;
}
