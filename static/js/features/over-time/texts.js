// Says in words what the pictures show: how many notes, from when to when, and how many were higher or lower. The words
// don't judge.
import { date, shortDate } from "../../platform/dates.js";
import { h, href, say } from "../../platform/dom.js";
import { gettext, ngettext, number } from "../../platform/i18n.js";
import { titleOfRecording } from "../../answers/titles.js";

/** @import { Moment } from "./gather.js" */

/**
 * Say how many notes there are and from when: "3 notes, from 1 March 2026 to 22 November 2026."
 *
 * @param {{when: Date}[]} moments oldest first, at least one
 */
export function span(moments) {
  const [from, to] = [moments[0], moments[moments.length - 1]].map(({ when }) => date(when));
  const count = moments.length;
  if (from === to) {
    return ngettext("%(num)s note, of %(date)s.", "%(num)s notes, of %(date)s.", count, {
      date: from,
    });
  }
  return ngettext(
    "%(num)s note, from %(from)s to %(to)s.",
    "%(num)s notes, from %(from)s to %(to)s.",
    count,
    { from, to },
  );
}

/**
 * Say where the time axis begins and ends. If the picture doesn't have all notes, say how many it has.
 *
 * @param {Element} part
 * @param {{when: Date}[]} shown oldest first
 * @param {number} all how many notes there are
 */
export function sayEnds(part, shown, all) {
  const [from, until] = [shown[0], shown[shown.length - 1]].map(({ when }) => shortDate(when));
  say(find(part, "[data-from]"), from);
  say(find(part, "[data-until]"), shown.length > 1 ? until : "");
  const rest = find(part, "[data-shown]");
  rest.hidden = shown.length === all;
  if (rest.hidden) return;
  const words = ngettext(
    "The picture shows the last one; the table has them all.",
    "The picture shows the last %(num)s; the table has them all.",
    shown.length,
  );
  say(rest, words);
}

/** Link to a note by its title. @param {Moment} moment @param {ParentNode} page with the recordings' titles */
export function linkTo({ address, title, lang, recording }, page) {
  const link = h("a", { href: href(address) });
  if (title) {
    link.append(title);
    if (lang) link.lang = lang;
  } else link.append(titleOfRecording(page, recording).cloneNode(true));
  return link;
}

/**
 * Make a table row: the day of a note, its numbers, and a link to it.
 *
 * @param {Moment} moment
 * @param {(number | null | undefined)[]} levels
 * @param {ParentNode} page
 */
export const row = (moment, levels, page) =>
  h(
    "tr",
    { class: "nhsuk-table__row" },
    h("th", { scope: "row", text: shortDate(moment.when) }),
    ...levels.map((level) => h("td", { text: typeof level === "number" ? number(level) : "–" })),
    h("td", {}, linkTo(moment, page)),
  );

/** Say the smallest and largest size of a circle. @param {string} circle @param {number[]} values at least one */
export function range(circle, values) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(number);
  if (low === high) return gettext("%(circle)s: %(size)s.", { circle, size: low });
  // Translators: a circle and its smallest and largest size: "Threat: from 3 to 8."
  return gettext("%(circle)s: from %(low)s to %(high)s.", { circle, low, high });
}

/**
 * Show sentences, each in an element of its own. So a sentence without a translation can be marked as English.
 *
 * @param {Element} place
 * @param {string[]} sentences
 */
export function sayAll(place, sentences) {
  const spans = sentences.map((text) => h("span", { text }));
  place.replaceChildren(...spans.flatMap((element, at) => (at ? [" ", element] : [element])));
}

/** @param {ParentNode} part @param {string} selector @returns {HTMLElement} */
export function find(part, selector) {
  return /** @type {HTMLElement} */ (part.querySelector(selector));
}

/**
 * Fill a table when it is opened, because there may be hundreds of rows.
 *
 * @param {ParentNode} part with the table inside of <details>
 * @param {() => Node[]} rows makes the rows
 */
export function fillTable(part, rows) {
  const body = find(part, "tbody");
  const details = /** @type {HTMLDetailsElement} */ (body.closest("details"));
  const fill = () => body.replaceChildren(...rows());
  if (details.open) fill();
  details.ontoggle = () => details.open && fill();
}
