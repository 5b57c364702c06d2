// Shows the triggers that return: each phrase with the notes that contain it, and a strip with the dates of those
// notes.
import { shortDate } from "../../platform/dates.js";
import { h, say } from "../../platform/dom.js";
import { ngettext, number } from "../../platform/i18n.js";
import { draw } from "../../platform/svg.js";
import { fillTable, find, linkTo } from "./texts.js";

/** @import { Returning } from "./triggers.js" */

/** The largest number of phrases in the list. More would be too many to read, and the table has all of them. */
const MOST = 12;
/** The space at both ends of a strip, in per cent. Without it, the outermost dots would be cut off. */
const EDGE = 2;

/**
 * Fill this part of the page: sentence, list and table.
 *
 * @param {HTMLElement} part
 * @param {Returning[]} triggers at least one, those in the most notes first
 * @param {number} written how many notes have an answer about a trigger
 * @param {HTMLElement} page
 */
export function showTriggers(part, triggers, written, page) {
  const days = triggers.flatMap(({ notes }) => notes.map(({ when }) => when.getTime()));
  const [from, until] = [Math.min(...days), Math.max(...days)];
  const summary = ngettext(
    "%(num)s note says what set something off. These came up more than once:",
    "%(num)s notes say what set something off. These came up more than once:",
    written,
  );
  say(find(part, "[data-said]"), summary);
  const shown = triggers.slice(0, MOST);
  find(part, "[data-list]").replaceChildren(
    ...shown.map((trigger) => item(trigger, from, until, page)),
  );
  say(find(part, "[data-from]"), shortDate(new Date(from)));
  say(find(part, "[data-until]"), from === until ? "" : shortDate(new Date(until)));
  const rest = find(part, "[data-shown]");
  rest.hidden = shown.length === triggers.length;
  const words = ngettext(
    "This is the one that came up most often; the table has them all.",
    "These are the %(num)s that came up most often; the table has them all.",
    shown.length,
  );
  if (!rest.hidden) say(rest, words);
  fillTable(part, () => triggers.map(row));
}

/**
 * Draw one phrase.
 *
 * @param {Returning} trigger
 * @param {number} from ms since 1970
 * @param {number} until ms since 1970
 * @param {HTMLElement} page
 */
function item({ phrase, notes }, from, until, page) {
  const count = ngettext("in %(num)s note", "in %(num)s notes", notes.length);
  const words = h(
    "span",
    { class: "nhsuk-details__summary-text" },
    h("b", { dir: "auto", text: phrase }),
    " ",
    h("small", { text: count }),
  );
  const list = h("ul", { class: "nhsuk-details__text" });
  // The links are made when the details are opened, because there may be hundreds.
  const fill = () => {
    if (!list.children.length) list.append(...notes.map((note) => link(note, page)));
  };
  const details = h(
    "details",
    { class: "nhsuk-details", ontoggle: fill },
    h("summary", { class: "nhsuk-details__summary" }, words),
    list,
  );
  return h("li", {}, details, strip(notes, from, until));
}

/** @param {Returning["notes"][number]} note @param {HTMLElement} page */
const link = (note, page) =>
  h("li", {}, h("span", { text: shortDate(note.when) }), " · ", linkTo(note, page));

/**
 * Draw a dot for each note on a line from the first to the last day.
 *
 * @param {Returning["notes"]} notes
 * @param {number} from ms since 1970
 * @param {number} until ms since 1970
 */
function strip(notes, from, until) {
  const isMirrored = document.documentElement.dir === "rtl";
  const dots = notes.map(({ when }) => {
    const along = until > from ? (when.getTime() - from) / (until - from) : 0;
    const place = EDGE + (100 - 2 * EDGE) * along;
    const cx = `${(isMirrored ? 100 - place : place).toFixed(2)}%`;
    return draw("circle", { class: "dot", cx, cy: "50%", r: "0.28em" });
  });
  const line = draw("line", { class: "level", x1: "0", x2: "100%", y1: "50%", y2: "50%" });
  return draw("svg", { class: "plot strip", "aria-hidden": "true" }, line, ...dots);
}

/** @param {Returning} trigger */
function row({ phrase, notes }) {
  const days = notes.map(({ when }) => shortDate(when)).join(" · ");
  return h(
    "tr",
    { class: "nhsuk-table__row" },
    h("th", { scope: "row", dir: "auto", text: phrase }),
    h("td", { text: number(notes.length) }),
    h("td", { text: days }),
  );
}
